package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Scripts a whole answer of {@link FakeOllama}: what stands on the wire instead of what Ollama would say. Immutable.
 *
 * @since 0.1.0
 */
public final class Answer {

    private final String head;
    private final List<byte[]> pieces;
    private final boolean last;

    private Answer(String head, List<byte[]> pieces, boolean last) {
        this.head = head;
        this.pieces = pieces;
        this.last = last;
    }

    /**
     * Answers with a status and a body of known length.
     *
     * @param status the status code
     * @param headers the header fields besides {@code Content-Length}
     * @param body the body, sent as UTF-8
     */
    public static Answer of(int status, Map<String, String> headers, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n");
        return new Answer(head.toString(), List.of(bytes), false);
    }

    /**
     * Answers with a status and Ollama's error object.
     *
     * @param status the status code
     * @param text what stands under {@code error}
     */
    public static Answer error(int status, String text) {
        return of(status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.object("error", text));
    }

    /**
     * Answers 200 with NDJSON whose chunks are cut where the caller wants; closes the connection cleanly afterwards.
     *
     * @param chunks the chunks, whatever lines they begin or end
     */
    public static Answer chunks(byte[]... chunks) {
        List<byte[]> pieces = new ArrayList<>();
        for (byte[] chunk : chunks) {
            pieces.add(frame(chunk));
        }
        pieces.add("0\r\n\r\n".getBytes(UTF_8));
        return new Answer(ReplyStream.head(true, Exchange.NDJSON), pieces, true);
    }

    /**
     * Answers with these bytes and nothing else, then closes the connection.
     *
     * @param pieces the bytes, flushed piece by piece
     */
    public static Answer raw(byte[]... pieces) {
        return new Answer("", Arrays.stream(pieces).map(byte[]::clone).toList(), true);
    }

    String head() {
        return head;
    }

    List<byte[]> pieces() {
        return pieces;
    }

    boolean isLast() {
        return last;
    }

    private static byte[] frame(byte[] chunk) {
        byte[] size = (Integer.toHexString(chunk.length) + "\r\n").getBytes(UTF_8);
        byte[] framed = Arrays.copyOf(size, size.length + chunk.length + 2);
        System.arraycopy(chunk, 0, framed, size.length, chunk.length);
        framed[framed.length - 2] = '\r';
        framed[framed.length - 1] = '\n';
        return framed;
    }
}
