package io.github.ohhhllama.proxy.internal.relay;

import org.xnio.StreamConnection;

/** A client that is not read from, so that its leaving would be missed; used on its I/O thread. */
interface Stalled {

    /** Returns whether that is still so. */
    boolean isHeldUp();

    /** Returns a number that grows with each of its bytes that is taken. */
    long progress();

    /** Returns its connection. */
    StreamConnection connection();

    /**
     * Reads on nevertheless, to come upon the end of what the client sent.
     *
     * @param bytes how many may be in our hands, more or less
     */
    void readAhead(int bytes);
}
