package io.github.ohhhllama.proxy.internal.process;

import java.util.Optional;

/**
 * Names the build.
 *
 * @param text the version as it stands in the jar's manifest
 */
public record Version(String text) {

    /** The one that runs. */
    public static final Version CURRENT =
            new Version(Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                    .orElse("(built from source)"));

    /** Returns program and version on one line. */
    public String line() {
        return "ohhhllama " + text;
    }
}
