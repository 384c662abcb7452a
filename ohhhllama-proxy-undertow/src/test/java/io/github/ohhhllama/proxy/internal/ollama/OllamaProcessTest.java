package io.github.ohhhllama.proxy.internal.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OllamaProcessTest {

    private static final OllamaProcess.Timing QUICK = new OllamaProcess.Timing(
            Duration.ofMillis(1), Duration.ofMillis(4), Duration.ofSeconds(60), Duration.ofSeconds(10));

    private final AtomicBoolean taken = new AtomicBoolean();
    private final List<String> output = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    @Test
    void tellsTheChildWhereToListenAndToKeepPartialDownloads() throws IOException {
        try (OllamaProcess ollama = start("echo \"$1 $OLLAMA_HOST $OLLAMA_NOPRUNE\" >&2; exec sleep 1000", QUICK)) {
            await().until(() -> output.contains("serve 127.0.0.1:11435 1"));
            ollama.retire();
        }
        assertThat(FakeOllama.runs(directory)).isFalse();
    }

    @Test
    void aChildThatDiesIsStartedAgainWithGrowingPauses() throws IOException {
        try (OllamaProcess ollama = start("exit 3", QUICK)) {
            await().until(() -> FakeOllama.processIds(directory).size() >= 4);
            ollama.retire();
        }
        assertThat(output)
                .startsWith(
                        "Ollama ended with exit code 3; it is started again in 0.001 s.",
                        "Ollama ended with exit code 3; it is started again in 0.002 s.",
                        "Ollama ended with exit code 3; it is started again in 0.004 s.");
    }

    @Test
    void aProgramThatCannotRunIsReported() {
        OllamaProcess ollama = new OllamaProcess(
                directory.resolve("missing"),
                "127.0.0.1:1",
                QUICK,
                SettableClock.at("2026-11-23T12:00:00Z"),
                () -> false,
                output::add);
        try (ollama) {
            ollama.start();
            await().until(() -> output.stream().anyMatch(line -> line.contains("could not be started")));
        }
    }

    @Test
    void noChildIsStartedWhileSomebodyIsAtTheAddress() throws IOException {
        AtomicInteger looks = new AtomicInteger();
        taken.set(true);
        OllamaProcess ollama = new OllamaProcess(
                FakeOllama.write(directory, "exec sleep 1000"),
                "127.0.0.1:11435",
                QUICK,
                SettableClock.at("2026-11-23T12:00:00Z"),
                () -> {
                    looks.incrementAndGet();
                    return taken.get();
                },
                output::add);
        try (ollama) {
            ollama.start();
            await().until(() -> looks.get() >= 3);
            assertThat(FakeOllama.processIds(directory)).isEmpty();

            taken.set(false);

            await().until(() -> FakeOllama.runs(directory));
            ollama.retire();
        }
    }

    @Test
    void oneThatWasRetiredIsNotStartedAgain() throws IOException {
        try (OllamaProcess ollama = start("read line < fifo", QUICK)) {
            await().until(() -> !FakeOllama.processIds(directory).isEmpty());
            ollama.retire();
        }
        int starts = FakeOllama.processIds(directory).size();
        assertThat(FakeOllama.runs(directory)).isFalse();
        assertThat(FakeOllama.processIds(directory)).hasSize(starts);
    }

    @Test
    void aChildThatDoesNotListenIsKilled() throws IOException {
        OllamaProcess.Timing impatient = new OllamaProcess.Timing(
                Duration.ofMillis(1), Duration.ofMillis(1), Duration.ofSeconds(60), Duration.ofMillis(300));
        OllamaProcess ollama = start("trap '' TERM; echo ready; while :; do sleep 0.05; done", impatient);
        await().until(() -> output.contains("ready"));
        ollama.close();

        await().until(() -> !FakeOllama.runs(directory));
        assertThat(output)
                .anySatisfy(
                        line -> assertThat(line).contains("did not end within").contains("killed"));
    }

    private OllamaProcess start(String script, OllamaProcess.Timing timing) throws IOException {
        Path program = FakeOllama.write(directory, script);
        OllamaProcess ollama = new OllamaProcess(
                program, "127.0.0.1:11435", timing, SettableClock.at("2026-11-23T12:00:00Z"), taken::get, output::add);
        ollama.start();
        return ollama;
    }
}
