package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import java.lang.module.ModuleDescriptor.Version;
import java.util.List;
import java.util.regex.Pattern;

/** Looks for models in the Modelfile that Ollama before v0.5.5 took in {@code POST /api/create}. */
final class Modelfile {

    private static final Pattern FROM =
            Pattern.compile("^[ \\t]*FROM[ \\t]+(.+)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    /** Longer than any name of a model. */
    private static final int LONGEST = 1000;

    private static final Pattern QUOTES = Pattern.compile("^\"+|\"+$");

    private static final Version FIRST_WITHOUT = Version.parse("0.5.5");

    private Modelfile() {}

    /** Tells whether an Ollama of a version reads Modelfiles; says yes when the version is none. */
    static boolean isRead(String version) {
        try {
            return Version.parse(version).compareTo(FIRST_WITHOUT) < 0;
        } catch (IllegalArgumentException unknown) {
            return true;
        }
    }

    /**
     * Returns what the FROM lines name, without paths and digests. A FROM within a quoted text counts too: one too many
     * is better than one too few.
     */
    static List<String> bases(String text) {
        return FROM.matcher(text)
                .results()
                .map(line -> line.group(1).strip())
                .filter(line -> line.length() <= LONGEST)
                .map(line -> QUOTES.matcher(line).replaceAll("").strip())
                .filter(Modelfile::isModel)
                .distinct()
                .toList();
    }

    private static boolean isModel(String base) {
        try {
            ModelName.parse(base);
            return true;
        } catch (InvalidModelNameException path) {
            return false;
        }
    }
}
