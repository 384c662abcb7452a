package io.github.ohhhllama.queue.internal.ollama;

import io.github.ohhhllama.PullFailure;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sorts what Ollama says about a failed pull into classes. Ollama has no error codes: the text is all there is, taken
 * from its {@code server/images.go}, {@code server/download.go}, {@code server/auth.go} and {@code x/transfer} (v0.33),
 * and from the registries' answers that it passes on. A text nobody knows counts as {@link PullFailure#NETWORK}: a retry
 * too many costs a night, a wrong refusal costs the model.
 */
public final class FailureTable {

    /** A registry's answer: {@code pull model manifest: 412: …}; older versions used more words. */
    private static final Pattern REGISTRY_STATUS = Pattern.compile(
            "(?:pull model manifest: )?(?:on pull )?(?:registry responded with (?:code|status) )?(\\d{3})\\b");

    /**
     * What the text says whatever stands around it. The order matters: the first two lines end in a cause that may hold
     * any URL, and with it any word.
     */
    private static final List<Rule> WORDS = List.of(
            new Rule("unsupported protocol scheme", PullFailure.REFUSED),
            new Rule("^(pull model manifest: )?(get|head|post) \"", PullFailure.NETWORK),
            new Rule("^max retries exceeded", PullFailure.NETWORK),
            new Rule("pull model manifest: file does not exist", PullFailure.UNKNOWN_MODEL),
            new Rule("specified tag is not (a valid|available)", PullFailure.UNKNOWN_MODEL),
            new Rule("^model .*not found", PullFailure.UNKNOWN_MODEL),
            new Rule("newer version of ollama", PullFailure.UNSUPPORTED),
            new Rule("requires mlx", PullFailure.UNSUPPORTED),
            new Rule("sharded gguf", PullFailure.UNSUPPORTED),
            new Rule("not gguf|not compatible with llama\\.cpp", PullFailure.UNSUPPORTED),
            new Rule("(unsupported|unknown) (model )?(architecture|format)", PullFailure.UNSUPPORTED),
            new Rule("unauthorized|access denied|is gated|gated repo", PullFailure.REFUSED),
            new Rule("realm host .* does not match", PullFailure.REFUSED),
            new Rule("insecure protocol http", PullFailure.REFUSED),
            new Rule("invalid model name|not both", PullFailure.REFUSED));

    private FailureTable() {}

    /**
     * Returns the text of an error line, and with it what to do where Ollama's words do not tell: a stop in the wrong
     * moment leaves it an empty part file, on which every later pull ends with a bare EOF (its {@code server/download.go},
     * v0.33).
     */
    static String explained(String text) {
        return text.equals("EOF")
                ? text
                        + " (if it stays, Ollama cannot read the parts it has: delete the model's *-partial* files from its blobs)"
                : text;
    }

    /** Classifies the text of an error line. */
    public static PullFailure ofText(String text) {
        String words = text.strip().toLowerCase(Locale.ROOT);
        if (words.contains("digest mismatch") || words.endsWith("size mismatch")) {
            return PullFailure.DIGEST_MISMATCH;
        }
        Matcher status = REGISTRY_STATUS.matcher(words);
        if (status.lookingAt()) {
            return ofStatus(Integer.parseInt(status.group(1)), words.substring(status.end()));
        }
        return ofWords(words, PullFailure.NETWORK);
    }

    /**
     * Classifies an answer by its status, and by its text where the status leaves it open.
     *
     * @param status the status code, 300 or more
     * @param text what the answer says
     */
    static PullFailure ofStatus(int status, String text) {
        return switch (status) {
            case 401, 403, 407, 451 -> PullFailure.REFUSED;
            case 412 -> PullFailure.UNSUPPORTED;
            case 408, 425, 429, 499 -> PullFailure.NETWORK;
            // No route: whatever listens there is not Ollama, or not yet.
            case 404, 405 -> ofText(text);
            default ->
                status >= 400 && status < 500
                        ? ofWords(text.toLowerCase(Locale.ROOT), PullFailure.REFUSED)
                        : PullFailure.NETWORK;
        };
    }

    private static PullFailure ofWords(String words, PullFailure otherwise) {
        return WORDS.stream()
                .filter(rule -> rule.pattern().matcher(words).find())
                .map(Rule::failure)
                .findFirst()
                .orElse(otherwise);
    }

    private record Rule(Pattern pattern, PullFailure failure) {

        Rule(String regex, PullFailure failure) {
            this(Pattern.compile(regex), failure);
        }
    }
}
