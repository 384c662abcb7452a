package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes an answer of unknown length, one flushed chunk a piece, as Ollama does; HTTP/1.0 clients get the bare bytes. */
final class ReplyStream {

    private final OutputStream out;
    private final boolean chunked;

    ReplyStream(OutputStream out, boolean chunked, String contentType) throws IOException {
        this.out = out;
        this.chunked = chunked;
        out.write(head(chunked, contentType).getBytes(UTF_8));
    }

    static String head(boolean chunked, String contentType) {
        String version = chunked ? "HTTP/1.1" : "HTTP/1.0";
        String framing = chunked ? "Transfer-Encoding: chunked" : "Connection: close";
        return version + " 200 OK\r\nContent-Type: " + contentType + "\r\n" + framing + "\r\n\r\n";
    }

    void line(String json) throws IOException {
        write(json + '\n');
    }

    void write(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        // One write a piece: a head, a size and a chunk written apart would each wait for the other side's delayed ACK.
        ByteArrayOutputStream piece = new ByteArrayOutputStream(bytes.length + 16);
        if (chunked) {
            piece.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        }
        piece.write(bytes);
        if (chunked) {
            piece.write("\r\n".getBytes(UTF_8));
        }
        piece.writeTo(out);
        out.flush();
    }

    void end() throws IOException {
        if (chunked) {
            out.write("0\r\n\r\n".getBytes(UTF_8));
        }
        out.flush();
    }
}
