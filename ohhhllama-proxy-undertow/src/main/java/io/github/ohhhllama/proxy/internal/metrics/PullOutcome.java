package io.github.ohhhllama.proxy.internal.metrics;

import io.github.ohhhllama.EnqueueResult;
import java.util.Locale;

/** Names what can become of a client's pull. */
public enum PullOutcome {
    /** A new entry. */
    QUEUED,
    /** The model stood in the queue before. */
    ALREADY_QUEUED,
    /** The model is here. */
    INSTALLED,
    /** The stub of a cloud model was fetched at once. */
    CLOUD,
    /** The client's daily limit is used up. */
    RATE_LIMITED,
    /** The disk has no room for it. */
    NO_ROOM,
    /** Its registry does not have it, or does not hand it out. */
    NOT_OFFERED,
    /** Its registry is none that may be asked. */
    FORBIDDEN,
    /** The database could not be used. */
    UNAVAILABLE;

    /**
     * Returns the outcome of a request to queue a model.
     *
     * @param result what the queue said
     */
    public static PullOutcome of(EnqueueResult result) {
        return result.match(
                queued -> QUEUED,
                already -> ALREADY_QUEUED,
                current -> INSTALLED,
                refused ->
                        refused.<PullOutcome>match(limited -> RATE_LIMITED, full -> NO_ROOM, unknown -> NOT_OFFERED));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
