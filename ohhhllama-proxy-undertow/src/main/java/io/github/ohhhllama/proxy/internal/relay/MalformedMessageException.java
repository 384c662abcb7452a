package io.github.ohhhllama.proxy.internal.relay;

import java.io.IOException;

/** Thrown when bytes are no HTTP/1.1 message, or end before the message does. */
final class MalformedMessageException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String message) {
        super(message);
    }
}
