package io.github.ohhhllama.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.IoUtils;
import org.xnio.channels.Channels;
import org.xnio.channels.StreamSinkChannel;

/**
 * Writes an answer of JSON lines, each of which leaves at once. Used by one thread at a time.
 *
 * <p>A client that does not read loses its connection after some seconds: the lines are short and few, so that a socket
 * takes them for days unless it is full of answers to other requests.
 */
final class LineStream implements Closeable {

    private static final String NDJSON = "application/x-ndjson";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);

    private final HttpServerExchange exchange;
    private final Duration patience;
    private final StreamSinkChannel channel;

    /**
     * Opens the answer; its head leaves with the first line.
     *
     * @param exchange the exchange, the answer to which has not begun
     */
    LineStream(HttpServerExchange exchange) {
        this(exchange, PATIENCE);
    }

    /** Does the same, and waits so long for a client that does not take a line. */
    LineStream(HttpServerExchange exchange, Duration patience) {
        this.exchange = exchange;
        this.patience = patience;
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, NDJSON);
        chunk(exchange);
        channel = exchange.getResponseChannel();
    }

    /**
     * Sends an answer all lines of which are known; no thread waits for its client.
     *
     * @param exchange the exchange, the answer to which has not begun
     * @param lines JSON, each ends with a line feed
     */
    static void send(HttpServerExchange exchange, byte[]... lines) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.writeBytes(line);
        }
        chunk(exchange);
        Answers.send(exchange, StatusCodes.OK, NDJSON, all.toByteArray());
    }

    /**
     * Writes the first line, and waits for nobody: for I/O threads too.
     *
     * @param line JSON that ends with a line feed
     * @throws IOException if the client is gone or does not take it, and has lost its connection
     */
    void begin(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        channel.write(bytes);
        channel.flush();
        if (bytes.hasRemaining()) {
            throw giveUp();
        }
    }

    /**
     * Writes one line, and waits some seconds for a client that does not take it.
     *
     * @param line JSON that ends with a line feed
     * @throws IOException if the client is gone, or does not take it and has lost its connection
     */
    void write(byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        Channels.writeBlocking(channel, bytes, patience.toMillis(), TimeUnit.MILLISECONDS);
        if (bytes.hasRemaining() || !Channels.flushBlocking(channel, patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw giveUp();
        }
    }

    /**
     * Writes the last line and ends the answer; a client that is gone makes no difference.
     *
     * @param line JSON that ends with a line feed
     */
    void end(byte[] line) {
        try {
            write(line);
        } catch (IOException gone) {
            LOG.debug("the client of {} left before its last line", exchange);
        } finally {
            close();
        }
    }

    /** Ends the answer; a client that is gone makes no difference. */
    @Override
    public void close() {
        exchange.endExchange();
    }

    private IOException giveUp() {
        IoUtils.safeClose(exchange.getConnection());
        return new IOException("it does not read");
    }

    private static void chunk(HttpServerExchange exchange) {
        if (exchange.isHttp11()) {
            // Said outright, else Undertow would end an answer on a connection that closes like one that broke off.
            exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
        }
    }
}
