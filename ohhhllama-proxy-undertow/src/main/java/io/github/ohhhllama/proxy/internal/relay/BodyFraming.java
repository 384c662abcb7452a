package io.github.ohhhllama.proxy.internal.relay;

import java.nio.ByteBuffer;

/** Follows the bytes of one message body and knows where it ends. */
interface BodyFraming {

    /**
     * Reads on.
     *
     * @param raw the bytes as they came; positions stay untouched
     * @return the index after the last byte to pass on: {@code to}, or less when the body ended before
     * @throws MalformedMessageException if the bytes are no such body
     */
    int advance(ByteBuffer raw, int from, int to) throws MalformedMessageException;

    /** Returns whether the last byte of the body has come. */
    boolean isComplete();

    /** Returns at most how many bytes still belong to the body. */
    default long remaining() {
        return Long.MAX_VALUE;
    }

    /** Returns whether the closing of the connection is what ends the body. */
    default boolean endsWithConnection() {
        return false;
    }

    /** Returns a framing that takes the bytes this one passes on, and passes on the content alone. */
    default BodyFraming content() {
        return untilClose();
    }

    /** Returns the framing of a body of {@code length} bytes. */
    static BodyFraming fixed(long length) {
        return new Fixed(length);
    }

    /** Returns the framing of a body that goes on until the connection is closed. */
    static BodyFraming untilClose() {
        return UntilClose.INSTANCE;
    }

    /** Counts down a {@code Content-Length}. */
    final class Fixed implements BodyFraming {
        private long remaining;

        private Fixed(long length) {
            this.remaining = length;
        }

        @Override
        public int advance(ByteBuffer raw, int from, int to) {
            int count = (int) Math.min(to - from, remaining);
            remaining -= count;
            return from + count;
        }

        @Override
        public boolean isComplete() {
            return remaining == 0;
        }

        @Override
        public long remaining() {
            return remaining;
        }
    }

    /** Takes everything. */
    enum UntilClose implements BodyFraming {
        INSTANCE;

        @Override
        public int advance(ByteBuffer raw, int from, int to) {
            return to;
        }

        @Override
        public boolean isComplete() {
            return false;
        }

        @Override
        public boolean endsWithConnection() {
            return true;
        }
    }
}
