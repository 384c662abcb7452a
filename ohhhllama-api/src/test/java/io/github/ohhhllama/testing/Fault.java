package io.github.ohhhllama.testing;

/**
 * Scripts what goes wrong in one pull. Byte counts are those of the whole model, bytes of earlier pulls included.
 * Immutable.
 *
 * @param kind what happens
 * @param afterBytes how many bytes are here when it happens
 * @param text the error's text; empty for most kinds
 * @since 0.1.0
 */
public record Fault(Kind kind, long afterBytes, String text) {

    /** What can go wrong. */
    public enum Kind {
        /** Nothing. */
        NONE,
        /** No line comes until {@link FakeOllama#resume()}. */
        HANG,
        /** Verifying takes until {@link FakeOllama#resume()}, in silence. */
        HANG_VERIFYING,
        /** An error line ends the stream. */
        ERROR,
        /** The connection is closed without the end of the answer. */
        CUT,
        /** The connection is reset. */
        RESET,
        /** The answer ends properly but too early. */
        TRUNCATE,
        /** All goes well, but the model is not listed afterwards. */
        UNLISTED;

        boolean waitsForBytes() {
            return this != NONE && this != HANG_VERIFYING && this != UNLISTED;
        }
    }

    /** The registry does not know the model; what happens to a model that was never offered, without being asked for. */
    public static final Fault UNKNOWN_MODEL = failWith("pull model manifest: file does not exist");

    /** Nothing goes wrong. */
    public static final Fault NONE = new Fault(Kind.NONE, 0, "");

    /** Nothing goes wrong, but verifying is silent until {@link FakeOllama#resume()}. */
    public static final Fault SILENT_VERIFYING = new Fault(Kind.HANG_VERIFYING, 0, "");

    /** The pull ends with {@code success}, but the model is not listed. */
    public static final Fault SUCCESS_WITHOUT_LISTING = new Fault(Kind.UNLISTED, 0, "");

    /**
     * Goes silent, until {@link FakeOllama#resume()}.
     *
     * @param bytes how many bytes are here then
     */
    public static Fault hangAfter(long bytes) {
        return new Fault(Kind.HANG, bytes, "");
    }

    /**
     * Fails right after the manifest line.
     *
     * @param text Ollama's words
     */
    public static Fault failWith(String text) {
        return failAfter(0, text);
    }

    /**
     * Fails in the middle.
     *
     * @param bytes how many bytes are here then
     * @param text Ollama's words
     */
    public static Fault failAfter(long bytes, String text) {
        return new Fault(Kind.ERROR, bytes, text);
    }

    /**
     * Closes the connection in the middle of the answer.
     *
     * @param bytes how many bytes are here then
     */
    public static Fault cutAfter(long bytes) {
        return new Fault(Kind.CUT, bytes, "");
    }

    /**
     * Resets the connection in the middle of the answer.
     *
     * @param bytes how many bytes are here then
     */
    public static Fault resetAfter(long bytes) {
        return new Fault(Kind.RESET, bytes, "");
    }

    /**
     * Ends the answer cleanly, with neither success nor error.
     *
     * @param bytes how many bytes are here then
     */
    public static Fault truncateAfter(long bytes) {
        return new Fault(Kind.TRUNCATE, bytes, "");
    }
}
