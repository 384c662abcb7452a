package io.github.ohhhllama.proxy.internal.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the terminal how high its window is. */
final class WindowSize {

    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("(\\d{1,5}) \\d{1,5}");
    private static final int PATIENCE_SECONDS = 1;

    private WindowSize() {}

    /** Returns how many rows the window has, or 0 if that cannot be found out; picocli asks for the columns only. */
    static int rows() {
        ProcessBuilder stty = new ProcessBuilder("stty", "size")
                .redirectInput(new File("/dev/tty"))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = stty.start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            Matcher size = ROWS_AND_COLUMNS.matcher(answer.strip());
            return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && size.matches()
                    ? Integer.parseInt(size.group(1))
                    : 0;
        } catch (IOException notToBeAsked) {
            return 0;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
