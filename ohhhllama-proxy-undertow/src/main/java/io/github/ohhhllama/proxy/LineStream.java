package io.github.ohhhllama.proxy;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.channels.Channels;
import org.xnio.channels.StreamSinkChannel;

/**
 * Writes an answer of JSON lines, each of which leaves at once. Used by one worker thread at a time.
 *
 * <p>Writing waits for a client that does not read; the lines are short and few, so that its socket takes them for days.
 */
final class LineStream implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(LineStream.class);

    private final HttpServerExchange exchange;
    private final StreamSinkChannel channel;

    /**
     * Opens the answer; its head leaves with the first line.
     *
     * @param exchange the exchange, the answer to which has not begun
     */
    LineStream(HttpServerExchange exchange) {
        this.exchange = exchange;
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/x-ndjson");
        if (exchange.isHttp11()) {
            // Said outright, else Undertow would end an answer on a connection that closes like one that broke off.
            exchange.getResponseHeaders().put(Headers.TRANSFER_ENCODING, Headers.CHUNKED.toString());
        }
        channel = exchange.getResponseChannel();
    }

    /**
     * Writes one line.
     *
     * @param line JSON that ends with a line feed
     * @throws IOException if the client is gone
     */
    void write(byte[] line) throws IOException {
        Channels.writeBlocking(channel, ByteBuffer.wrap(line));
        Channels.flushBlocking(channel);
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
}
