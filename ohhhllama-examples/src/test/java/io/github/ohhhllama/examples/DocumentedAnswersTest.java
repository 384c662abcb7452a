package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.examples.Situation.Preparation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds to the truth what documents show of answers, messages and logs without the command that leads to them. */
final class DocumentedAnswersTest {

    private static final List<String> BEFORE = List.of("P=http://127.0.0.1:11434");

    /** Those that other tests hold to the truth: programs, commands, and what is read by machines. */
    private static final Set<String> OTHERS = Set.of("java", "sh", "console", "xml", "yaml", "properties");

    private static final String PROXY = "ohhhllama-proxy-undertow/src/test/java/io/github/ohhhllama/proxy/";
    private static final String QUEUE = "ohhhllama-queue/src/test/java/io/github/ohhhllama/queue/";

    @TempDir
    private Path home;

    /**
     * Is a fence with what leads to it.
     *
     * @param command what is typed on the prepared machine
     */
    private record Asked(String document, String start, Preparation preparation, String command) {}

    /**
     * Is a fence whose answer takes a trouble, a time or a receiver that only another test has.
     *
     * @param words what stands in that test
     */
    private record Held(String document, String start, String test, String words) {}

    /** Is a fence of a document. */
    record Shown(String document, Markdown.Fence fence) {

        boolean begins(String in, String start) {
            return document.equals(in) && fence.text().startsWith(start);
        }

        @Override
        public String toString() {
            return document + ": " + fence.text();
        }
    }

    private static final List<Asked> ASKED = List.of(
            new Asked(
                    "docs/API.md",
                    "{\"status\":\"already_queued\"",
                    machine -> machine.queue("llama2:70b"),
                    "curl -s $P/api/pull -d '{\"model\":\"library/llama2:70b\"}'"),
            new Asked(
                    "docs/API.md",
                    "{\"status\":\"resumed\"",
                    machine -> machine.type(BEFORE, "curl -s -X POST $P/api/queue/pause"),
                    "curl -s -X POST $P/api/queue/resume"),
            new Asked(
                    "docs/API.md",
                    "{\"outdated\"",
                    machine -> {
                        machine.install("llama3:8b");
                        machine.renew("llama3:8b");
                    },
                    "curl -s $P/api/queue/outdated"),
            new Asked(
                    "docs/API.md",
                    "{\"by\":\"day\"",
                    machine -> {
                        machine.queue("mistral");
                        machine.downloadAll();
                    },
                    "curl -s $P/api/history"),
            new Asked(
                    "docs/clients.md",
                    "{\"status\":\"queued\",\"message\"",
                    machine -> {},
                    "curl -s $P/api/pull -d '{\"model\":\"llama2:70b\"}'"),
            new Asked(
                    "docs/clients.md",
                    "{\"status\":\"pulling manifest\"}",
                    machine -> {},
                    "curl -s -A ollama/0.33.0 $P/api/pull -d '{\"model\":\"llama2:70b\"}'"),
            new Asked(
                    "docs/troubleshooting.md",
                    "{\"error\":\"Ollama does not answer",
                    DocumentedMachine::closeOllama,
                    "curl -s $P/api/tags"));

    private static final List<Held> HELD = List.of(
            new Held(
                    "docs/API.md",
                    "{\"error\":\"ohhhllama is stopping",
                    PROXY + "OhhhllamaProxyTest.java",
                    "stays in the queue"),
            new Held("docs/clients.md", "{\"status\":\"queued, waited", PROXY + "HeldPullTest.java", "waited"),
            new Held(
                    "docs/configuration.md",
                    "/opt/ohhhllama/ohhhllama.conf:12",
                    PROXY + "internal/cli/ReloadTest.java",
                    "The settings stay as they were"),
            new Held(
                    "docs/operations.md",
                    "2026-11-24T03:00:00.412",
                    PROXY + "internal/process/LoggingTest.java",
                    "INFO"),
            new Held(
                    "docs/operations.md",
                    "{\"timestamp\"",
                    PROXY + "internal/process/LoggingTest.java",
                    "formattedMessage"),
            new Held("docs/operations.md", "{\"data\"", QUEUE + "internal/notify/MessengerTest.java", "model.ready"),
            new Held("docs/troubleshooting.md", "Error: 429", PROXY + "DailyLimitTest.java", "2026-11-24 00:00 CET"),
            new Held(
                    "docs/troubleshooting.md",
                    "{\"status\":\"pulling manifest\"}\n{\"error\":\"EOF\"}",
                    QUEUE + "internal/ollama/FailureTableTest.java",
                    "EOF"),
            new Held(
                    "docs/ARCHITECTURE.md",
                    "clients:",
                    "ohhhllama-examples/src/test/java/io/github/ohhhllama/examples/HouseTest.java",
                    "noCircles"));

    static List<Asked> asked() {
        return ASKED;
    }

    @ParameterizedTest
    @MethodSource("asked")
    void everyAnswerIsWhatTheProxySays(Asked asked) throws Exception {
        DocumentedCommandsTest.requirePrograms();
        Shown shown = shown().filter(fence -> fence.begins(asked.document(), asked.start()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no fence is like " + asked));
        try (DocumentedMachine machine = new DocumentedMachine(home)) {
            asked.preparation().make(machine);
            String printed = machine.type(BEFORE, asked.command()).printed();

            assertThat(Likeness.difference(shown.fence().text().lines().toList(), printed))
                    .as("what is shown and not said; " + shown + " is\n" + printed)
                    .isNull();
        }
    }

    @Test
    void whatAnotherTestHoldsIsInBoth() throws Exception {
        for (Held held : HELD) {
            assertThat(shown()).as(held.toString()).anyMatch(fence -> fence.begins(held.document(), held.start()));
            assertThat(Files.readString(Path.of("..", held.test())))
                    .as(held.toString())
                    .contains(held.words());
        }
    }

    @Test
    void everyFenceIsHeldToTheTruthBySomebody() {
        assertThat(shown().filter(fence -> !OTHERS.contains(fence.fence().language())))
                .allSatisfy(fence -> assertThat(Stream.concat(
                                ASKED.stream().map(asked -> fence.begins(asked.document(), asked.start())),
                                HELD.stream().map(held -> fence.begins(held.document(), held.start()))))
                        .as(fence.toString())
                        .contains(true));
    }

    @Test
    void everyObjectIsOne() {
        assertThat(shown().filter(fence -> fence.fence().language().equals("json")))
                .isNotEmpty()
                .allSatisfy(fence -> assertThat(Likeness.isJson(fence.fence().text()))
                        .as(fence.toString())
                        .isTrue());
    }

    private static Stream<Shown> shown() {
        return Markdown.all().stream()
                .flatMap(document -> document.fences().stream().map(fence -> new Shown(document.toString(), fence)));
    }
}
