package io.github.ohhhllama.examples;

import io.github.ohhhllama.testing.FakeModel;
import java.util.List;

/**
 * Is how things stand when a command of the documents is typed there.
 *
 * @param document the file
 * @param start how the command begins
 * @param preparation brings the machine there
 */
record Situation(String document, String start, Preparation preparation) {

    private static final String API = "docs/API.md";
    private static final String CONFIGURATION = "docs/configuration.md";
    private static final String OPERATIONS = "docs/operations.md";
    private static final String TROUBLE = "docs/troubleshooting.md";
    private static final String[] SEVEN = {"llama3:8b", "llama3:70b", "phi3", "qwen3", "gemma3", "llama2:70b", "mistral"
    };
    private static final String PARTIAL =
            ".ollama/models/blobs/sha256-992715c4378c2a00ad8ddd3b93a6ce430cad3c8d07a3a43537c512eced32c70b-partial-2";

    static final List<Situation> ALL = List.of(
            of(API, "curl -i $P/api/pull -d '{\"model\":\"mistral\"}'", machine -> {
                for (String model : List.of("llama3:8b", "llama3:70b", "phi3", "qwen3", "gemma3")) {
                    machine.queueFor("127.0.0.1", model);
                }
            }),
            of(
                    API,
                    "curl $P/api/pull --data-binary @more-than-1-MiB",
                    machine -> machine.write("more-than-1-MiB", " ".repeat(2 << 20))),
            of(API, "curl -s \"$P/api/queue?status=failed", machine -> {
                machine.queueFor("192.168.1.20", "no-such-model");
                machine.offer(FakeModel.of("phi3", 1));
                machine.downloadAll();
            }),
            of(API, "curl -s \"$P/api/queue?limit=1\"", machine -> {
                machine.queue("llama3:8b");
                machine.downloadAll();
                machine.queue("mistral", "phi3");
                machine.download();
            }),
            of(API, "curl -X DELETE $P/api/queue -d '{\"model\"", machine -> machine.queue("llama2:70b")),
            of(API, "curl -s $P/api/queue/7", machine -> machine.queue(SEVEN)),
            of(API, "curl -X POST $P/api/queue/7/move", machine -> machine.queue(SEVEN)),
            of(API, "curl -X POST $P/api/queue/process", machine -> {
                machine.queue("mistral");
                machine.fetchesNothing();
            }),
            of(API, "curl -s $P/api/queue/plan", machine -> {
                machine.queue("llama3:8b");
                machine.downloadAll();
                machine.queue("mistral");
            }),
            of(
                    CONFIGURATION,
                    "RATE_LIMIT=3 ohhhllama check-config",
                    machine -> machine.write(
                            "my.env",
                            "# nightly, Berlin time\nQUEUE_SCHEDULE=\"30 2 * * *\"\nexport TIME_ZONE=Europe/Berlin\n")),
            of(
                    CONFIGURATION,
                    "ohhhllama check-config --config /etc/wrong.env",
                    machine -> machine.write("etc/wrong.env", "LISTN_PORT=1\nfoo\nRATE_LIMIT=many\n")),
            of(OPERATIONS, "sha256sum --check", machine -> {
                machine.write(
                        "ohhhllama-sbom.json", "{\"components\":[{\"purl\":\"pkg:maven/org.xerial/sqlite-jdbc@3\"}]}");
                machine.type(List.of(), "sha256sum ohhhllama-sbom.json missing.tar.gz >SHA256SUMS");
            }),
            of(OPERATIONS, "ohhhllama status", machine -> {
                machine.queue("llama3:8b", "mistral");
                machine.queueUnsized("hf.co/acme/tiny-GGUF");
                machine.download();
            }),
            of(OPERATIONS, "sudo ohhhllama doctor", DocumentedMachine::forgetTheProxy),
            of(OPERATIONS, "sudo ohhhllama restore", machine -> {
                machine.type(List.of(), "ohhhllama backup /var/backups/queue.db");
                machine.stop();
            }),
            of(TROUBLE, "sudo ohhhllama restore", machine -> {
                machine.type(List.of(), "ohhhllama backup /var/backups/queue.db");
                machine.stop();
            }),
            of(TROUBLE, "mv queue.db queue.db.damaged", machine -> machine.write("queue.db", "damaged")),
            of(TROUBLE, "ohhhllama queue", machine -> {
                machine.queueFor("127.0.0.1", DocumentedMachine.BIG);
                machine.download();
                machine.closeWindow();
            }),
            of(TROUBLE, "find ~/.ollama/models/blobs", machine -> machine.write(PARTIAL, "")),
            of(TROUBLE, "rm ~/.ollama/models/blobs/", machine -> machine.write(PARTIAL, "")));

    /** Brings a machine there. */
    @FunctionalInterface
    interface Preparation {
        void make(DocumentedMachine machine) throws Exception;
    }

    static Preparation of(ShellCommand command) {
        return ALL.stream()
                .filter(situation -> situation.means(command))
                .findFirst()
                .map(Situation::preparation)
                .orElse(machine -> {});
    }

    boolean means(ShellCommand command) {
        return command.document().equals(document) && command.key().startsWith(start);
    }

    private static Situation of(String document, String start, Preparation preparation) {
        return new Situation(document, start, preparation);
    }
}
