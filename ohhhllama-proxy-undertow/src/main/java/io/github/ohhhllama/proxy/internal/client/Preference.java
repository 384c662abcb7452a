package io.github.ohhhllama.proxy.internal.client;

import java.util.List;
import java.util.Locale;

/** Says how a client wants to wait for an answer, by its {@code Prefer} header (RFC 7240). */
public enum Preference {
    /** Wants the answer at once, however the work goes on. */
    RESPOND_ASYNC,
    /** Wants to wait for the work to be done. */
    WAIT,
    /** Has no wish. */
    NONE;

    /**
     * Reads the header. Of two wishes the first counts, as RFC 7240 section 2 says of one that is repeated.
     *
     * @param values the values of all its lines, in order
     */
    public static Preference of(List<String> values) {
        for (String value : values) {
            for (String each : value.split(",", -1)) {
                String token = each.split("[=;]", 2)[0].strip().toLowerCase(Locale.ROOT);
                if (token.equals("respond-async")) {
                    return RESPOND_ASYNC;
                }
                if (token.equals("wait")) {
                    return WAIT;
                }
            }
        }
        return NONE;
    }
}
