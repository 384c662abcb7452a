package io.github.ohhhllama.proxy.internal.settings;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Holds the text that is in force for a setting, and remembers where it was found.
 *
 * @param setting which one
 * @param text what was written there, never parsed yet
 * @param source the kind of place
 * @param place the flag, the variable, or the file and its line; empty for a default
 */
public record SettingValue(Setting setting, String text, Source source, String place) {

    private static final String HIDDEN = "…";

    /** Scheme, user and password if any, host and port; or anything else, up to the next separator. */
    private static final Pattern ADDRESS =
            Pattern.compile("(?:((?:[a-z]+\\+)?https?://)(?:[^/?#,\\s]*@)?([^/?#,@\\s]*)[^,\\s]*|[^,\\s]+)");

    /** Names the kinds of places, the strongest first. */
    public enum Source {
        /** A flag of the command line. */
        FLAG,
        /** A variable of the environment. */
        ENVIRONMENT,
        /** A line of the settings file. */
        FILE,
        /** Nobody said anything. */
        DEFAULT
    }

    /**
     * Returns the text as it may be shown and logged: without what is secret, which of an address is all but scheme and
     * host.
     */
    public String shown() {
        return switch (setting) {
            case NOTIFY_SECRET -> text.isEmpty() ? "" : HIDDEN;
            case NOTIFY_URL -> ADDRESS.matcher(text).replaceAll(SettingValue::host);
            default -> text;
        };
    }

    private static String host(MatchResult address) {
        String scheme = address.group(1);
        // What is no address may be a part of one.
        return Matcher.quoteReplacement((scheme == null ? "" : scheme + address.group(2) + '/') + HIDDEN);
    }

    /** Returns the source in words, for instance {@code environment LISTEN_PORT}. */
    public String origin() {
        return switch (source) {
            case FLAG -> "flag " + place;
            case ENVIRONMENT -> "environment " + place;
            case FILE -> "file " + place;
            case DEFAULT -> "default";
        };
    }

    /** Returns setting, text as it may be shown, and origin. */
    @Override
    public String toString() {
        return setting + "=" + shown() + " (" + origin() + ')';
    }
}
