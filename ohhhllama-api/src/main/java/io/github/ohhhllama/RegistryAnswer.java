package io.github.ohhhllama;

import java.util.Objects;

/**
 * Is what a registry says to the question for a manifest. Immutable, all kinds of it.
 *
 * @since 0.1.0
 */
public sealed interface RegistryAnswer {

    /**
     * Says that the model is there.
     *
     * @param manifest what it consists of
     */
    record Found(Manifest manifest) implements RegistryAnswer {

        /** Checks that the manifest is there. */
        public Found {
            Objects.requireNonNull(manifest, "manifest");
        }
    }

    /**
     * Says that the model cannot be pulled: it is unknown, gated, or of a kind Ollama does not take.
     *
     * @param failure the class of the refusal
     * @param words what Ollama would say to a pull of it
     */
    record Refused(PullFailure failure, String words) implements RegistryAnswer {

        /** Checks that both are there. */
        public Refused {
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(words, "words");
        }
    }

    /**
     * Says that nothing was learned: the registry could not be reached, was busy, or is left in peace for a while.
     *
     * @param words why, for a person
     */
    record Unreachable(String words) implements RegistryAnswer {

        /** Checks that the words are there. */
        public Unreachable {
            Objects.requireNonNull(words, "words");
        }
    }
}
