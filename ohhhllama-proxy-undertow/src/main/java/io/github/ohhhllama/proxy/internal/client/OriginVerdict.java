package io.github.ohhhllama.proxy.internal.client;

/**
 * Answers whether a web page may call.
 *
 * @param kind which of the four cases it is
 * @param allowOrigin the value of {@code Access-Control-Allow-Origin}; empty unless the origin is allowed
 */
public record OriginVerdict(Kind kind, String allowOrigin) {

    /** Names the four cases. */
    public enum Kind {
        /** No page: there is no Origin header. No header goes into the reply. */
        NONE,
        /** A page that this host itself served. No header goes into the reply. */
        SAME_ORIGIN,
        /** A page that may call: its origin goes into the reply. */
        ALLOWED,
        /** A page that may not call: 403 without a body. */
        REFUSED
    }

    /** Tells whether the reply depends on the origin, so that it needs {@code Vary: Origin}. */
    public boolean varies() {
        return kind == Kind.ALLOWED && !allowOrigin.equals("*");
    }

    static OriginVerdict of(Kind kind) {
        return new OriginVerdict(kind, "");
    }
}
