package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.cli.Main;
import io.github.ohhhllama.proxy.internal.cli.OhhhllamaCli;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import io.github.ohhhllama.testing.Pacing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plays the demo, only faster. */
final class DemoCommandTest {

    private static final Tempo FAST =
            new Tempo(Duration.ofSeconds(2), Duration.ZERO, Pacing.pieces(1_000_000_000), Pacing.unlimited());

    private final StringWriter out = new StringWriter();
    private final CompletableFuture<Runnable> stop = new CompletableFuture<>();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void playsToTheEndAndLeavesNothingBehind(boolean interactive) throws Exception {
        List<Path> before = leftovers();

        assertThat(command(interactive, FAST).call()).isEqualTo(ExitCode.OK);

        assertThat(out.toString())
                .contains("\"status\":\"queued\"", "\"status\":\"already_queued\"", "HTTP 503, Retry-After: ")
                .contains("llama3.2:3b is queued for off-peak download: position 1, starts")
                .contains("Sleep well, dear line")
                .contains("is here")
                .containsSubsequence("ollama list", "phi3:latest", "mistral:latest", "llama3.2:3b", "tiny:latest");
        assertThat(out.toString().contains("\u001b[K")).isEqualTo(interactive);
        assertThat(leftovers()).isEqualTo(before);
    }

    @Test
    void endsEarlyWhenSomebodyLeaves() throws Exception {
        List<Path> before = leftovers();
        Tempo slow = new Tempo(Duration.ofHours(1), Duration.ZERO, Pacing.unlimited(), Pacing.unlimited());
        Thread visitor = new Thread(() -> stop.join().run());
        visitor.start();

        assertThat(command(false, slow).call()).isEqualTo(130);

        visitor.join();
        assertThat(leftovers()).isEqualTo(before);
    }

    private DemoCommand command(boolean interactive, Tempo tempo) {
        PrintWriter writer = new PrintWriter(out, true);
        Surroundings surroundings = new Surroundings(
                new Environment(Map.of(), "ada", "/home/ada"),
                new Terminal(writer, writer, interactive, () -> 80),
                Clock.system(ZoneId.of("Europe/Berlin")),
                length -> new CountDownLatch(1).await(length.toMillis(), TimeUnit.MILLISECONDS),
                stop::complete);
        OhhhllamaCli cli = Main.cli();
        return new DemoCommand(surroundings, cli, tempo);
    }

    private static List<Path> leftovers() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("ohhhllama-demo-"))
                    .sorted()
                    .toList();
        }
    }
}
