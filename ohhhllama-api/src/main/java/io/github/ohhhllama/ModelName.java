package io.github.ohhhllama;

import java.util.Locale;
import java.util.Objects;

/**
 * Names a model exactly as Ollama does (its {@code types/model/name.go} and {@code internal/modelref/modelref.go}, as
 * of v0.33), so that two spellings of one model are one model. Immutable.
 *
 * <p>Two names are equal if they mean the same model, whatever their spelling: case, default host, default namespace and
 * default tag make no difference.
 *
 * @param spelling what the user wrote, without white space around it and with Ollama's own {@code :cloud} and
 *     {@code :local} suffixes resolved; this is what is pulled, since registries may tell upper from lower case
 * @param host the registry, {@code registry.ollama.ai} by default
 * @param namespace the owner within the registry, {@code library} by default
 * @param model the model within the namespace
 * @param tag the version of the model, {@code latest} by default
 * @param cloud whether the name asks for a cloud model, of which a pull fetches a stub only; a promise of the name, not a
 *     proof
 * @since 0.1.0
 */
public record ModelName(String spelling, String host, String namespace, String model, String tag, boolean cloud) {

    private static final String DEFAULT_HOST = "registry.ollama.ai";
    private static final String DEFAULT_NAMESPACE = "library";
    private static final String DEFAULT_TAG = "latest";
    private static final String CLOUD_ENDING = "-cloud";
    private static final String INVALID = "invalid model name";

    private static final int HOST_MOST = 350;
    private static final int PART_MOST = 80;

    /**
     * Checks every part against Ollama's grammar.
     *
     * @throws InvalidModelNameException if a part does not fit
     */
    public ModelName {
        Objects.requireNonNull(spelling, "spelling");
        if (!isPart(host, HOST_MOST, "-.:")
                || !isPart(namespace, PART_MOST, "-")
                || !isPart(model, PART_MOST, "-.")
                || !isPart(tag, PART_MOST, "-.")) {
            throw new InvalidModelNameException(spelling, INVALID);
        }
    }

    /**
     * Parses what a client wrote into {@code model} or {@code name} of a pull.
     *
     * @param text the name in any spelling Ollama accepts
     * @return the name with its defaults filled in
     * @throws InvalidModelNameException if Ollama would answer 400; the message is the one it would send
     */
    public static ModelName parse(String text) {
        String trimmed = GoString.trim(text);
        Source source = Source.of(trimmed);
        if (source.named() && Source.of(source.base()).named()) {
            throw new InvalidModelNameException(
                    text, "use either :local or :cloud, not both: " + GoString.quote(trimmed));
        }
        String spelling = source.cloud() ? cloudStub(source.base()) : source.base();
        return split(spelling, source.cloud());
    }

    /**
     * Reads the name of a model that is in Ollama's store, or is to be made there: as it stands, without what a pull
     * understands by white space, {@code :local} and {@code :cloud}. So {@code x:local} is another model than {@code x}
     * here, and no pull reaches it.
     *
     * @param text the name as {@code GET /api/tags} lists it, or as a {@code POST /api/create} gives it
     * @return the name with its defaults filled in
     * @throws InvalidModelNameException if it is not a name
     */
    public static ModelName stored(String text) {
        return split(text, Source.of(text).cloud());
    }

    /** Tells whether a pull reaches this model, rather than the one that it takes the name for. */
    public boolean isPullable() {
        Source source = Source.of(spelling);
        return !source.named() || (source.cloud() && !Source.of(source.base()).named());
    }

    /** Returns the full name, {@code host/namespace/model:tag}, in the user's case. */
    public String canonical() {
        return host + '/' + namespace + '/' + model + ':' + tag;
    }

    /** Returns what all spellings of this model have in common: the full name in lower case. */
    public String key() {
        return canonical().toLowerCase(Locale.ROOT);
    }

    /** Returns the name as {@code ollama list} shows it: without default host and namespace, always with the tag. */
    public String display() {
        String name = model + ':' + tag;
        if (!host.equalsIgnoreCase(DEFAULT_HOST)) {
            return host + '/' + namespace + '/' + name;
        }
        return namespace.equalsIgnoreCase(DEFAULT_NAMESPACE) ? name : namespace + '/' + name;
    }

    /** Tells whether the model comes from Ollama's own registry. */
    public boolean isOnDefaultHost() {
        return host.equalsIgnoreCase(DEFAULT_HOST);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ModelName that && key().equals(that.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    /** Returns the spelling. */
    @Override
    public String toString() {
        return spelling;
    }

    private static ModelName split(String spelling, boolean cloud) {
        String rest = spelling;
        String tag = DEFAULT_TAG;
        int colon = rest.lastIndexOf(':');
        if (colon > rest.lastIndexOf('/')) {
            tag = rest.substring(colon + 1);
            // A separator promises something on both sides; an empty side makes the name invalid further down.
            rest = rest.substring(0, colon);
        }
        int slash = rest.lastIndexOf('/');
        String model = rest.substring(slash + 1);
        if (slash < 0) {
            return new ModelName(spelling, DEFAULT_HOST, DEFAULT_NAMESPACE, model, tag, cloud);
        }
        rest = rest.substring(0, slash);
        slash = rest.lastIndexOf('/');
        String namespace = rest.substring(slash + 1);
        if (slash < 0) {
            return new ModelName(spelling, DEFAULT_HOST, namespace, model, tag, cloud);
        }
        rest = rest.substring(0, slash);
        int scheme = rest.indexOf("://");
        String host = scheme < 0 ? rest : rest.substring(scheme + "://".length());
        // "http:///ns/m" names no host after its scheme, and Ollama takes its own; "/ns/m" is invalid.
        boolean hostLeftOut = scheme >= 0 && host.isEmpty();
        return new ModelName(spelling, hostLeftOut ? DEFAULT_HOST : host, namespace, model, tag, cloud);
    }

    private static String cloudStub(String base) {
        boolean tagged = base.lastIndexOf(':') > base.lastIndexOf('/');
        return base + (tagged ? CLOUD_ENDING : ":cloud");
    }

    /** Walks the characters, since names are parsed for every request and a pattern needs a matcher for every part. */
    private static boolean isPart(String part, int most, String notFirst) {
        if (part.isEmpty() || part.length() > most) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            if (!word && (i == 0 || notFirst.indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }

    /** What the text after the last colon says about where a model runs, and the text without it. */
    private record Source(String base, boolean named, boolean cloud) {

        static Source of(String text) {
            int colon = text.lastIndexOf(':');
            if (colon < 0) {
                return new Source(text, false, false);
            }
            String suffix = GoString.trim(text.substring(colon + 1));
            String folded = suffix.toLowerCase(Locale.ROOT);
            if (folded.equals("cloud") || folded.equals("local")) {
                return new Source(text.substring(0, colon), true, folded.equals("cloud"));
            }
            if (folded.endsWith(CLOUD_ENDING) && !suffix.contains("/")) {
                String tag = suffix.substring(0, suffix.length() - CLOUD_ENDING.length());
                return new Source(text.substring(0, colon + 1) + tag, true, true);
            }
            return new Source(text, false, false);
        }
    }
}
