package io.github.ohhhllama;

import java.util.Locale;

/**
 * Names why a pull did not end in success, and with it what helps: every class has its own cure. Immutable.
 *
 * @since 0.1.0
 */
public enum PullFailure {
    /** Ollama, or the registry behind it, could not be reached, broke off or answered 5xx or 429: try again later. */
    NETWORK(Cure.RETRY),
    /** Nothing was heard for too long: try again later. */
    STALLED(Cure.RETRY),
    /** The stream ended with success but the model is not listed: try again later. */
    NOT_LISTED(Cure.RETRY),
    /** The bytes do not match their digest: fetch them once more, then give up. */
    DIGEST_MISMATCH(Cure.RETRY_ONCE),
    /** The registry does not know the model or the tag: give up. */
    UNKNOWN_MODEL(Cure.GIVE_UP),
    /** The registry, or Ollama, refuses: gated, private, unauthorised, or a bad request: give up. */
    REFUSED(Cure.GIVE_UP),
    /** This Ollama cannot use the model, or it needs a newer one: give up. */
    UNSUPPORTED(Cure.GIVE_UP);

    /** Names what to do about a failure. */
    public enum Cure {
        /** Try again after a growing pause, across nights. */
        RETRY,
        /** Try once more at once; the second time it is final. */
        RETRY_ONCE,
        /** Mark the entry failed, with the reason. */
        GIVE_UP
    }

    private final Cure cure;

    PullFailure(Cure cure) {
        this.cure = cure;
    }

    /** Returns the word that the metrics use: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what helps against this failure. */
    public Cure cure() {
        return cure;
    }
}
