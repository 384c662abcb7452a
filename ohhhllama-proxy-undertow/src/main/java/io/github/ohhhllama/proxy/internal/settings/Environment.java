package io.github.ohhhllama.proxy.internal.settings;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Holds what the process was given by the machine; the one place that reads environment variables.
 *
 * @param variables the environment variables
 * @param userName the name of the user the process runs as
 * @param home the user's home directory; blank or {@code ?} if there is none
 */
public record Environment(Map<String, String> variables, String userName, String home) {

    private static final Pattern PATH_SEPARATOR = Pattern.compile(Pattern.quote(File.pathSeparator));

    /** Copies the variables. */
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** Reads the environment of this process. */
    public static Environment ofProcess() {
        return new Environment(
                System.getenv(), System.getProperty("user.name", ""), System.getProperty("user.home", ""));
    }

    /**
     * Returns a variable; a blank one counts as not set.
     *
     * @param name its name
     */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(text -> !text.isBlank());
    }

    /**
     * Looks a program up on the search path.
     *
     * @param program its name without a directory
     */
    public Optional<Path> program(String program) {
        return variable("PATH").stream()
                .flatMap(PATH_SEPARATOR::splitAsStream)
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Returns where the queue is kept unless told otherwise: in the user's state directory (XDG), root's in /var/lib. */
    Path defaultDatabase() {
        if (userName.equals("root") || (homeDirectory().isEmpty() && stateHome().isEmpty())) {
            return Path.of("/var/lib/ohhhllama/queue.db");
        }
        Path state = stateHome().orElseGet(() -> Path.of(home, ".local", "state"));
        return state.resolve("ohhhllama").resolve("queue.db");
    }

    /** Returns the path that a text means, {@code ~/} at its start being the home directory, as no shell saw the text. */
    Path path(String text) {
        if (text.startsWith("~/") && homeDirectory().isPresent()) {
            return Path.of(home, text.substring(2));
        }
        return Path.of(text).toAbsolutePath();
    }

    private Optional<String> homeDirectory() {
        return home.isBlank() || home.equals("?") ? Optional.empty() : Optional.of(home);
    }

    /** The XDG Base Directory Specification has relative paths ignored. */
    private Optional<Path> stateHome() {
        return variable("XDG_STATE_HOME").map(Path::of).filter(Path::isAbsolute);
    }
}
