package io.github.ohhhllama.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Paints the terminals of the README, from what the real commands print in a {@link Rehearsal}. */
public final class PaintTheTerminal {

    private static final String PROMPT = "\u001b[1;32m$\u001b[0m \u001b[1m%s\u001b[0m";
    private static final Pattern STATUS = Pattern.compile("\\{\"status\":\"([^\"]*)\"}");
    private static final Pattern ERROR = Pattern.compile("\\{\"error\":\"([^\"]*)\"}");
    private static final int COLUMNS = 116;
    private static final int STEPS = 4;

    private PaintTheTerminal() {}

    /**
     * Writes the pictures.
     *
     * @param arguments the directory
     * @throws IOException if they cannot be written
     * @throws InterruptedException if nobody waits for them any more
     */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path pictures = Path.of(arguments[0]);
        Path directory = Files.createTempDirectory("ohhhllama-pictures-");
        try {
            try (Rehearsal scene = new Rehearsal(directory.resolve("day"), "2026-11-23T09:12:00Z")) {
                paint(pictures.resolve("pull.svg"), "A pull by day", pull(scene));
            }
            try (Rehearsal scene = new Rehearsal(directory.resolve("night"), "2026-11-24T02:58:00Z")) {
                scene.queue(List.of("phi3:mini", "llama3.3:70b", "gemma3:27b"));
                scene.queue(List.of("mistral-small:24b", "gpt-oss:120b", "nomic-embed-text"));
                scene.download(STEPS);
                paint(pictures.resolve("status.svg"), "ohhhllama status", typed(scene, "status"));
                paint(pictures.resolve("plan.svg"), "ohhhllama plan", typed(scene, "plan"));
            }
        } finally {
            delete(directory);
        }
    }

    private static void paint(Path file, String title, List<String> lines) throws IOException {
        Files.writeString(file, new TerminalPicture(title, lines).svg());
    }

    private static List<String> pull(Rehearsal scene) throws IOException, InterruptedException {
        DemoClient client = new DemoClient(scene.address());
        List<String> lines = new ArrayList<>();
        lines.add(PROMPT.formatted("ollama pull llama3.3:70b"));
        client.pull(DemoClient.CLI, "{\"model\":\"llama3.3:70b\"}", answer -> lines.addAll(asOllamaShows(answer)));
        lines.add("");
        String body = "{\"model\":\"gemma3:27b\"}";
        lines.add(PROMPT.formatted("curl localhost:11434/api/pull -d '" + body + "'"));
        client.pull(DemoClient.CURL, body, answer -> lines.addAll(folded(answer)));
        lines.add("");
        lines.addAll(typed(scene, "queue"));
        return lines;
    }

    private static List<String> typed(Rehearsal scene, String command) {
        List<String> lines = new ArrayList<>(List.of(PROMPT.formatted("ohhhllama " + command)));
        lines.addAll(scene.run(command));
        return lines;
    }

    /** What the command line of Ollama makes of an answer. */
    private static List<String> asOllamaShows(String line) {
        return folded(
                STATUS.matcher(ERROR.matcher(line).replaceAll("Error: $1")).replaceAll("$1"));
    }

    /** Breaks a line where a terminal would, and leaves out what no client shows. */
    private static List<String> folded(String line) {
        List<String> folded = new ArrayList<>();
        if (line.startsWith("HTTP ")) {
            return folded;
        }
        String rest = line.strip();
        while (rest.length() > COLUMNS) {
            folded.add(rest.substring(0, COLUMNS));
            rest = rest.substring(COLUMNS);
        }
        folded.add(rest);
        return folded;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
