package io.github.ohhhllama.proxy.internal.systemd;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages by running {@code systemd-notify}. Thread-safe.
 *
 * @param program where it is
 */
record NotifyProgram(Path program) implements ServiceManager.Notifier {

    private static final Logger LOG = LoggerFactory.getLogger(NotifyProgram.class);
    private static final int PATIENCE_SECONDS = 5;

    @Override
    public void send(List<String> assignments) {
        List<String> command = Stream.concat(Stream.of(program.toString()), assignments.stream())
                .toList();
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                LOG.warn("{} did not end within {} s", command, PATIENCE_SECONDS);
            } else if (process.exitValue() != 0) {
                LOG.warn("{} ended with exit code {}", command, process.exitValue());
            }
        } catch (IOException refused) {
            LOG.warn("{} cannot be run: {}", command, refused.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
