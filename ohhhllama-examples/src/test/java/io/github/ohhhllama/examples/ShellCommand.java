package io.github.ohhhllama.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Is a command that a document shows.
 *
 * @param document the file
 * @param typed what a reader types, continued lines included
 * @param shown what the document shows of the answer; nothing where it shows commands only
 */
record ShellCommand(String document, String typed, List<String> shown) {

    private static final Set<String> LANGUAGES = Set.of("sh", "shell", "bash", "console");
    private static final Pattern ASSIGNMENT = Pattern.compile("(?:export )?[A-Z_]+=(?:\"[^\"]*\"|\\S*)(?:\\s+#.*)?");
    private static final Pattern REMARK = Pattern.compile("\\s{2,}#.*");

    static boolean isShell(Markdown.Fence fence) {
        return LANGUAGES.contains(fence.language());
    }

    /** Tells whether a fence holds settings, or variables that later commands use, and no command. */
    static boolean isAssignments(Markdown.Fence fence) {
        return isShell(fence)
                && fence.text()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .allMatch(line -> ASSIGNMENT.matcher(line).matches());
    }

    /** Cuts a fence into its commands. */
    static List<ShellCommand> of(String document, Markdown.Fence fence) {
        boolean console = fence.language().equals("console");
        List<ShellCommand> commands = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        String open = "";
        for (String line : fence.text().lines().toList()) {
            if (!open.isEmpty()) {
                open += "\n" + line;
            } else if (console && line.startsWith("$ ")) {
                open = line.substring(2);
            } else if (!console && !line.isBlank() && !line.strip().startsWith("#")) {
                open = line;
            } else {
                shown.add(line);
            }
            if (!open.isEmpty() && !open.endsWith("\\")) {
                shown = new ArrayList<>();
                commands.add(new ShellCommand(document, open, shown));
                open = "";
            }
        }
        return commands;
    }

    /** Returns the command on one line and without the remark behind it. */
    String key() {
        return REMARK.matcher(typed.replace("\\\n", " ").replaceAll("  +(?!#)", " "))
                .replaceAll("");
    }

    @Override
    public String toString() {
        return document + ": " + key();
    }
}
