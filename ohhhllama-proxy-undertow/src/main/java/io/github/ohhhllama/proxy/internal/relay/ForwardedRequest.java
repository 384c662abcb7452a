package io.github.ohhhllama.proxy.internal.relay;

import io.undertow.util.HeaderMap;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes what goes to Ollama from a client's request. */
final class ForwardedRequest {

    private final MessageHead head;
    private final String line;
    private final boolean bodiless;
    private ByteBuffer[] bytes;

    /**
     * Writes the request anew, in its own bytes.
     *
     * @param kept a field goes on only if its name is still in here
     * @param authority Ollama's host and port
     * @param body what is sent instead of the client's own body, or null
     */
    ForwardedRequest(MessageHead head, HeaderMap kept, String authority, byte @Nullable [] body) {
        this.head = head;
        this.line = head.startLine();
        this.bodiless =
                body == null && !head.has(StandardField.CONTENT_LENGTH) && !head.has(StandardField.TRANSFER_ENCODING);
        this.bytes = write(kept, authority, body);
    }

    /** Returns what to begin with, from its first byte: the head, and the body if that is known. */
    ByteBuffer[] beginning() {
        return Arrays.stream(bytes).map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
    }

    /** Forgets the bytes, which may be many, when they are with Ollama and will not be sent again. */
    void forget() {
        bytes = new ByteBuffer[0];
    }

    /** Returns whether it does no harm when Ollama gets the request a second time. */
    boolean mayBeSentTwice() {
        return bodiless && (line.startsWith("GET ") || line.startsWith("HEAD "));
    }

    /** Returns whether the client waits for {@code 100 Continue} before it sends its body. */
    boolean expectsContinue() {
        return head.has(StandardField.EXPECT);
    }

    private ByteBuffer[] write(HeaderMap kept, String authority, byte @Nullable [] body) {
        String method = RequestTarget.method(line);
        String target = RequestTarget.parse(RequestTarget.verbatim(line))
                .orElseThrow(() -> new IllegalStateException("expected a target that was let in, got " + line))
                .onward(method);
        ForwardedHead out = new ForwardedHead(head, method + " " + target + " HTTP/1.1");
        out.add("Host", authority);
        for (MessageHead.Field field : head.fields()) {
            if (goesOn(out, field, kept, body != null)) {
                out.copy(field);
            }
        }
        if (body == null) {
            return new ByteBuffer[] {out.end()};
        }
        ByteBuffer end =
                out.add("Content-Length", Integer.toString(body.length)).end();
        return new ByteBuffer[] {end, ByteBuffer.wrap(body)};
    }

    private boolean goesOn(ForwardedHead out, MessageHead.Field field, HeaderMap kept, boolean replaced) {
        return switch (field.kind()) {
            case HOST -> false;
            case TRANSFER_ENCODING -> !replaced;
            case CONTENT_LENGTH, EXPECT -> !replaced;
            default -> out.goesOn(field) && kept.contains(head.name(field));
        };
    }
}
