package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sends real signals to a real process. */
@EnabledOnOs(OS.LINUX)
final class HangUpTest {

    @TempDir
    private Path directory;

    @Test
    void readsTheSettingsAgainGoesOnAndStillStopsInGoodOrder() throws IOException, InterruptedException {
        Path file = directory.resolve("ohhhllama.conf");
        Path said = directory.resolve("said");
        Files.writeString(file, "RATE_LIMIT=5\n");
        Process proxy = serve(file, said);
        try {
            hangUpThreeTimesAndStop(proxy, file, said);
        } finally {
            proxy.destroyForcibly();
        }
    }

    private static void hangUpThreeTimesAndStop(Process proxy, Path file, Path said)
            throws IOException, InterruptedException {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.readString(said).contains("next start"));

        for (int limit = 6; limit < 9; limit++) {
            Files.writeString(file, "RATE_LIMIT=" + limit + "\nLOG_LEVEL=debug\n");
            signal("-HUP", proxy);
            String line = "RATE_LIMIT is \"" + limit + "\" now (file " + file + ":1), it was \"" + (limit - 1) + "\".";
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> Files.readString(said).contains(line));
        }
        signal("-TERM", proxy);

        assertThat(proxy.waitFor(40, TimeUnit.SECONDS)).isTrue();
        assertThat(proxy.exitValue()).isEqualTo(143);
        assertThat(Files.readString(said)).contains("LOG_LEVEL is \"debug\" now", "Stopping;");
    }

    private Process serve(Path file, Path said) throws IOException {
        List<String> command = Stream.concat(
                        hearing().stream(),
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "serve",
                                "--config",
                                file.toString(),
                                "--listen-port",
                                "0",
                                "--db-path",
                                directory.resolve("queue.db").toString()))
                .toList();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    /** Under nohup the signal is ignored by all children, and only a program in between can change that. */
    private static List<String> hearing() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            boolean ignored = lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(
                                            line.substring("SigIgn:".length()).strip(), 16)
                                    & 1)
                            != 0);
            return ignored ? List.of("env", "--default-signal=HUP") : List.of();
        }
    }

    private static void signal(String name, Process proxy) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill " + name + ' ' + proxy.pid()).start();
        assertThat(kill.waitFor()).isZero();
    }
}
