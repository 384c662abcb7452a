package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.testing.SettableClock;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class KillTest {

    private static final int ACKNOWLEDGEMENTS = 100;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void whatAKilledProcessAcknowledgedIsThere() throws Exception {
        Path file = directory.resolve("queue.db");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcess.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            String line;
            while ((line = out.readLine()) != null) {
                if (line.startsWith("model-")) {
                    acknowledged.add(line);
                }
                if (acknowledged.size() == ACKNOWLEDGEMENTS) {
                    // Through the handle, which leaves the pipe open: what was printed before is still to be read.
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();

        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGEMENTS);
        // The last line may have been cut by the kill.
        Set<String> whole = new HashSet<>(acknowledged.subList(0, acknowledged.size() - 1));
        try (Database database = Database.open(file, SettableClock.at("2026-11-23T12:00:00Z"))) {
            assertThat(database.status().trouble()).isEmpty();
        }
        assertThat(Sqlite.ask(file, "select model from queue"))
                .containsAll(whole)
                .doesNotHaveDuplicates();
        assertThat(Sqlite.ask(file, "pragma integrity_check")).containsExactly("ok");
    }
}
