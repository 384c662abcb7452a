package io.github.ohhhllama.proxy.internal.ollama;

import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Backend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks whether Ollama runs with {@code OLLAMA_NOPRUNE}: in the environment of its process, else in its systemd unit.
 * Both are to be found on Linux only; elsewhere, and of an Ollama on another machine, nothing is known.
 *
 * @param backend where Ollama is
 * @param root the root of the file system
 */
public record NopruneCheck(Backend backend, Path root) {

    private static final String VARIABLE = "OLLAMA_NOPRUNE";
    private static final int USUAL_PORT = 11434;

    /** What Go's {@code strconv.ParseBool} takes for no; Ollama takes any other text for yes. */
    private static final Set<String> NO = Set.of("", "0", "f", "F", "false", "FALSE", "False");

    private static final Pattern ENVIRONMENT = Pattern.compile("(?m)^\\s*Environment\\s*=(.*)$");
    private static final Pattern ASSIGNMENT = Pattern.compile(VARIABLE + "=([^\\s\"']*)");
    private static final Pattern PORT = Pattern.compile(".*:(\\d{1,5})/?");

    /** Returns what is to be seen. */
    public Partials partials() {
        if (!OllamaNeighbour.isHere(backend)) {
            return Partials.UNKNOWN;
        }
        return ofProcess().or(this::ofUnit).orElse(Partials.UNKNOWN);
    }

    private Optional<Partials> ofProcess() {
        for (Path process : entries(root.resolve("proc"), "[0-9]*")) {
            if (isServe(process)) {
                Map<String, String> environment = environment(process);
                if (!environment.isEmpty() && port(environment) == backend.port()) {
                    return Optional.of(verdict(environment.getOrDefault(VARIABLE, "")));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isServe(Path process) {
        List<String> words = zeroSeparated(process.resolve("cmdline"));
        return words.size() > 1
                && words.get(1).equals("serve")
                && words.get(0).substring(words.get(0).lastIndexOf('/') + 1).equals("ollama");
    }

    /** Returns the variables of a process; none if it is somebody else's. */
    private static Map<String, String> environment(Path process) {
        Map<String, String> variables = new HashMap<>();
        for (String variable : zeroSeparated(process.resolve("environ"))) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        return variables;
    }

    private static int port(Map<String, String> environment) {
        Matcher port = PORT.matcher(environment.getOrDefault("OLLAMA_HOST", "").strip());
        return port.matches() ? Integer.parseInt(port.group(1)) : USUAL_PORT;
    }

    private Optional<Partials> ofUnit() {
        List<String> texts = unitTexts();
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> value = Optional.empty();
        for (String text : texts) {
            Matcher line = ENVIRONMENT.matcher(text);
            while (line.find()) {
                Matcher assignment = ASSIGNMENT.matcher(line.group(1));
                value = assignment.find() ? Optional.of(assignment.group(1)) : value;
            }
        }
        boolean elsewhere = texts.stream().anyMatch(text -> text.contains("EnvironmentFile="));
        return value.isEmpty() && elsewhere
                ? Optional.empty()
                : Optional.of(value.map(NopruneCheck::verdict).orElse(Partials.LOST));
    }

    /** Returns the unit and what is dropped in, in the order in which systemd reads them; nothing without the unit. */
    private List<String> unitTexts() {
        Path own = root.resolve("etc/systemd/system");
        Optional<Path> unit = List.of(own, root.resolve("usr/lib/systemd/system")).stream()
                .map(folder -> folder.resolve("ollama.service"))
                .filter(Files::isReadable)
                .findFirst();
        List<String> texts = new ArrayList<>();
        unit.ifPresent(file -> {
            texts.add(text(file));
            entries(own.resolve("ollama.service.d"), "*.conf").forEach(drop -> texts.add(text(drop)));
        });
        return texts;
    }

    private static Partials verdict(String value) {
        return NO.contains(value) ? Partials.LOST : Partials.KEPT;
    }

    private static List<Path> entries(Path folder, String names) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, names)) {
            found.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException notToBeSeen) {
            return List.of();
        }
        return entries.stream().sorted().toList();
    }

    private static List<String> zeroSeparated(Path file) {
        return Arrays.stream(text(file).split("\0", -1))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** Returns what a file holds; nothing if it may not be read, or is gone with its process. */
    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException notToBeRead) {
            return "";
        }
    }
}
