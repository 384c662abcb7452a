package io.github.ohhhllama.proxy;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.relay.FrontServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sits on Ollama's port: pulls go into the queue, everything else passes through, byte for byte and unbuffered.
 *
 * <p>Any {@link QueueService} may stand behind it. It has a port to itself; {@link OhhhllamaHandler} is for a listener that
 * you have already. Thread-safe.
 *
 * @since 0.1.0
 */
public final class OhhhllamaProxy implements AutoCloseable {

    private final OhhhllamaHandler handler;
    private final FrontServer server;

    private OhhhllamaProxy(OhhhllamaHandler handler, FrontServer server) {
        this.handler = handler;
        this.server = server;
    }

    private static OhhhllamaProxy start(Builder from) throws IOException {
        // An address that is taken must not leave half a proxy behind: the same builder may try again.
        FrontServer server = FrontServer.listen(from.address);
        try {
            OhhhllamaHandler handler = new OhhhllamaHandler(from);
            server.serve(handler.unadopted());
            return new OhhhllamaProxy(handler, server);
        } catch (RuntimeException unreadable) {
            server.close();
            throw unreadable;
        }
    }

    /**
     * Returns a builder.
     *
     * @param queue where pulls go
     * @param ollama tells which models are here
     */
    public static Builder builder(QueueService queue, OllamaClient ollama) {
        return new Builder(queue, ollama);
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.port();
    }

    /** Refuses new requests with 503 from now on; those that are being answered go on. */
    public void refuseNewRequests() {
        handler.refuseNewRequests();
    }

    /** Refuses new requests, lets those that are being answered go on for the grace period, and closes everything. */
    @Override
    public void close() {
        handler.close();
        server.close();
    }

    /** Gathers what a proxy needs; everything but queue and Ollama has a default. Not thread-safe. */
    public static final class Builder {

        final QueueService queue;
        final OllamaClient ollama;
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 11434);
        URI backend = URI.create("http://127.0.0.1:11435");
        Duration connectTimeout = Duration.ofSeconds(5);
        Duration grace = Duration.ofSeconds(20);
        Access access = new Access(List.of(), List.of(), List.of(), List.of());
        PullReply pullReply = PullReply.AUTO;
        Supplier<ZoneId> zone = ZoneId::systemDefault;
        Clock clock = Clock.systemUTC();
        Supplier<Optional<String>> loss = Optional::empty;

        @Nullable ProxyMetrics metrics;

        private Builder(QueueService queue, OllamaClient ollama) {
            this.queue = Objects.requireNonNull(queue, "queue");
            this.ollama = Objects.requireNonNull(ollama, "ollama");
        }

        /**
         * Sets where to listen; {@code 127.0.0.1:11434} by default.
         *
         * @param listen the address; port 0 takes any free port
         */
        public Builder listen(InetSocketAddress listen) {
            address = Objects.requireNonNull(listen, "listen");
            return this;
        }

        /**
         * Sets where Ollama is; {@code http://127.0.0.1:11435} by default.
         *
         * @param uri scheme, host and port
         */
        public Builder backend(URI uri) {
            backend = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Sets how long a connection to Ollama may take; 5 seconds by default. Nothing else has a time limit.
         *
         * @param timeout longer than 0
         * @throws IllegalArgumentException if it is not
         */
        public Builder connectTimeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("timeout must be longer than 0, was " + timeout);
            }
            connectTimeout = timeout;
            return this;
        }

        /**
         * Sets how long {@link OhhhllamaProxy#close} waits for answers that are under way; 20 seconds by default.
         *
         * @param period 0 or longer
         * @throws IllegalArgumentException if it is negative
         */
        public Builder grace(Duration period) {
            if (period.isNegative()) {
                throw new IllegalArgumentException("period must be 0 or longer, was " + period);
            }
            grace = period;
            return this;
        }

        /**
         * Sets who is let in, and which registries are, beside the local ones.
         *
         * @param rules the rules
         */
        public Builder access(Access rules) {
            access = Objects.requireNonNull(rules, "rules");
            return this;
        }

        /**
         * Sets how a queued pull is answered when the client has no wish of its own; by its kind, by default.
         *
         * @param reply the way
         */
        public Builder pullReply(PullReply reply) {
            pullReply = Objects.requireNonNull(reply, "reply");
            return this;
        }

        /**
         * Sets the zone in which people are told times; the system's by default.
         *
         * @param id the zone
         */
        public Builder zone(ZoneId id) {
            Objects.requireNonNull(id, "id");
            return zone(() -> id);
        }

        /**
         * Sets the zone in which people are told times, for a zone that may change.
         *
         * @param current asked anew every time
         */
        public Builder zone(Supplier<ZoneId> current) {
            zone = Objects.requireNonNull(current, "current");
            return this;
        }

        /**
         * Sets the clock; the system's by default.
         *
         * @param own for tests
         */
        public Builder clock(Clock own) {
            clock = Objects.requireNonNull(own, "own");
            return this;
        }

        /**
         * Sets how to find out whether Ollama throws half-finished downloads away when it starts anew; nothing is known
         * by default.
         *
         * @param warning asked for each {@code GET /api/health}: a sentence to show there, or empty if nothing speaks for
         *     it
         */
        public Builder partials(Supplier<Optional<String>> warning) {
            loss = Objects.requireNonNull(warning, "warning");
            return this;
        }

        /**
         * Answers {@code GET /metrics} with what is measured; without, that path is Ollama's.
         *
         * @param own for this proxy alone
         */
        public Builder metrics(ProxyMetrics own) {
            metrics = Objects.requireNonNull(own, "own");
            return this;
        }

        /**
         * Returns the proxy as a handler for a listener of your own; {@link #listen} has no say in it.
         *
         * @return the handler, ready to serve
         * @throws IllegalArgumentException if a rule of the access cannot be read; the message names it
         * @since 0.1.0
         */
        public OhhhllamaHandler handler() {
            return new OhhhllamaHandler(this);
        }

        /**
         * Starts the proxy.
         *
         * @return the proxy, listening
         * @throws IOException if the address cannot be listened on
         * @throws IllegalArgumentException if a rule of the access cannot be read; the message names it
         */
        public OhhhllamaProxy start() throws IOException {
            return OhhhllamaProxy.start(this);
        }
    }
}
