package io.github.ohhhllama.testing;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Takes the framing off a request body: Content-Length, chunked, or none. */
final class RequestBody extends InputStream {

    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean started;
    private boolean ended;

    RequestBody(RequestHead head, InputStream in) {
        this.in = in;
        this.chunked = head.says("Transfer-Encoding", "chunked");
        this.left = chunked ? 0 : Long.parseLong(head.header("Content-Length").orElse("0"));
        this.ended = !chunked && left == 0;
    }

    /** Tells whether the end that the framing promised was reached. */
    boolean isAtEnd() {
        return ended;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (chunked && left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the client hung up " + left + " bytes before the end of its body or chunk");
        }
        left -= count;
        ended = !chunked && left == 0;
        return count;
    }

    private void nextChunk() throws IOException {
        if (started) {
            line();
        }
        started = true;
        String size = line();
        int extension = size.indexOf(';');
        try {
            left = Long.parseLong((extension < 0 ? size : size.substring(0, extension)).strip(), 16);
        } catch (NumberFormatException notHex) {
            throw new IOException("not a chunk size: \"" + size + '"', notHex);
        }
        if (left == 0) {
            while (!line().isEmpty()) {
                // trailers carry nothing that Ollama reads
            }
            ended = true;
        }
    }

    private String line() throws IOException {
        String line = RequestHead.line(in);
        if (line == null) {
            throw new EOFException("the client hung up before its last chunk");
        }
        return line;
    }
}
