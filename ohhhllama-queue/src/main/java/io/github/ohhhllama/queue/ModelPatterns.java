package io.github.ohhhllama.queue;

import io.github.ohhhllama.ModelName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fits the names of models, in which {@code *} stands for any characters and {@code ?} for one. A pattern without a tag
 * fits every tag: {@code llama3} is {@code llama3:*}. Immutable.
 */
final class ModelPatterns {

    private final List<Pattern> patterns;

    private ModelPatterns(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * Parses patterns.
     *
     * @param text patterns with commas or white space between them
     */
    static ModelPatterns parse(String text) {
        return new ModelPatterns(Arrays.stream(text.strip().split("[,\\s]+"))
                .filter(pattern -> !pattern.isEmpty())
                .map(ModelPatterns::compile)
                .toList());
    }

    /**
     * Tells whether a name fits one of the patterns, in the short form that Ollama shows or in full.
     *
     * @param model the name
     */
    boolean fit(ModelName model) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(model.display().toLowerCase(Locale.ROOT))
                                .matches()
                        || pattern.matcher(model.key()).matches());
    }

    private static Pattern compile(String pattern) {
        boolean tagged = pattern.lastIndexOf(':') > pattern.lastIndexOf('/');
        String whole = (tagged ? pattern : pattern + ":*").toLowerCase(Locale.ROOT);
        String regex = whole.chars()
                .mapToObj(letter ->
                        letter == '*' ? ".*" : letter == '?' ? "." : Pattern.quote(Character.toString(letter)))
                .collect(Collectors.joining());
        return Pattern.compile(regex);
    }
}
