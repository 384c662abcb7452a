package io.github.ohhhllama.proxy.internal.relay;

import java.nio.ByteBuffer;

/** Keeps bytes that were read too early, until it is their turn. */
final class HeldBytes {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private ByteBuffer bytes = NOTHING;

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    int count() {
        return bytes.remaining();
    }

    /** Adds what remains in {@code more} to the end. */
    void add(ByteBuffer more) {
        int end = bytes.limit();
        if (bytes.capacity() - end < more.remaining()) {
            int count = bytes.remaining() + more.remaining();
            // Much comes in many pieces; moving all of it for each would take longer than reading it.
            int room = isEmpty() ? count : 2 * count;
            bytes = ByteBuffer.allocate(room).put(bytes).flip();
            end = bytes.limit();
        }
        bytes.limit(end + more.remaining());
        bytes.duplicate().position(end).put(more);
    }

    /** Moves as much as fits from the beginning; returns how much that was. */
    int moveTo(ByteBuffer target) {
        int count = Math.min(bytes.remaining(), target.remaining());
        target.put(bytes.slice(bytes.position(), count));
        bytes.position(bytes.position() + count);
        if (isEmpty()) {
            bytes = NOTHING;
        }
        return count;
    }

    /** Takes the last {@code count} bytes before {@code end} in {@code source} back to the beginning. */
    void putBack(ByteBuffer source, int end, int count) {
        if (bytes.position() >= count) {
            // These are the bytes that moved out last, and their place is still there.
            bytes.position(bytes.position() - count);
            bytes.duplicate().put(source.slice(end - count, count));
            return;
        }
        ByteBuffer later = bytes;
        bytes = ByteBuffer.allocate(count + later.remaining())
                .put(source.slice(end - count, count))
                .put(later)
                .flip();
    }

    /** Returns all bytes and keeps none. */
    ByteBuffer release() {
        ByteBuffer all = bytes;
        bytes = NOTHING;
        return all;
    }
}
