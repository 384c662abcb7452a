package io.github.ohhhllama.proxy.internal.cli;

import java.util.Optional;

/**
 * Names the build.
 *
 * @param text the version as it stands in the jar's manifest
 */
record Version(String text) {

    /** The one that runs. */
    static final Version CURRENT =
            new Version(Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                    .orElse("(built from source)"));

    /** Returns program and version on one line. */
    String line() {
        return "ohhhllama " + text;
    }
}
