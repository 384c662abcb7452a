package io.github.ohhhllama.proxy;

import java.util.Locale;

/**
 * Names how a queued pull is answered when the client sent no {@code Prefer} header. Immutable.
 *
 * @since 0.1.0
 */
public enum PullReply {
    /** In the words the client is known to understand. */
    AUTO,
    /** With a stream that stays open until the model is here. */
    HOLD,
    /** At once, with one JSON object. */
    ASYNC;

    /** Returns the word that the settings use: the name in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
