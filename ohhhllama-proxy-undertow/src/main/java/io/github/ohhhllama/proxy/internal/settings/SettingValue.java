package io.github.ohhhllama.proxy.internal.settings;

/**
 * Holds the text that is in force for a setting, and remembers where it was found.
 *
 * @param setting which one
 * @param text what was written there, never parsed yet
 * @param source the kind of place
 * @param place the flag, the variable, or the file and its line; empty for a default
 */
public record SettingValue(Setting setting, String text, Source source, String place) {

    /** The kinds of places, the strongest first. */
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

    /** Returns the source in words, for instance {@code environment LISTEN_PORT}. */
    public String origin() {
        return switch (source) {
            case FLAG -> "flag " + place;
            case ENVIRONMENT -> "environment " + place;
            case FILE -> "file " + place;
            case DEFAULT -> "default";
        };
    }
}
