package io.github.ohhhllama.proxy;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.ProxySettings.Access;
import io.github.ohhhllama.proxy.ProxySettings.PullReply;
import io.github.ohhhllama.proxy.internal.client.ClientAddress;
import io.github.ohhhllama.proxy.internal.client.HostRules;
import io.github.ohhhllama.proxy.internal.client.OriginRules;
import io.github.ohhhllama.proxy.internal.client.OwnAddresses;
import io.github.ohhhllama.proxy.internal.client.RegistryRules;
import io.github.ohhhllama.proxy.internal.client.TrustedProxies;
import io.github.ohhhllama.proxy.internal.metrics.Exposition;
import io.github.ohhhllama.proxy.internal.relay.FrontServer;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.handlers.GracefulShutdownHandler;
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
 * <p>Any {@link QueueService} may stand behind it. Thread-safe.
 */
public final class OhhhllamaProxy implements AutoCloseable {

    private final Exposition exposition;
    private final Relay relay;
    private final Wording wording;
    private final HeldPulls heldPulls;
    private final Closing closing;
    private final FrontServer server;
    private final Duration grace;

    private OhhhllamaProxy(Builder from) throws IOException {
        grace = from.grace;
        exposition = (from.metrics == null ? new ProxyMetrics() : from.metrics).exposition();
        relay = new Relay(from.backend, from.connectTimeout, exposition.traffic());
        wording = new Wording(from.zone);
        heldPulls = new HeldPulls(from.queue, wording, from.clock);
        closing = new Closing(new GracefulShutdownHandler(gate(from, routes(from))), gate(from, Vitals.closing()));
        server = FrontServer.start(from.address, closing);
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
        closing.begin();
        heldPulls.close();
    }

    /** Refuses new requests, lets those that are being answered go on for the grace period, and closes everything. */
    @Override
    public void close() {
        refuseNewRequests();
        closing.await(grace);
        relay.close();
        server.close();
    }

    private static Gate gate(Builder from, Routes routes) {
        return new Gate(
                new HostRules(from.access.allowedHosts(), OwnAddresses::ask),
                new OriginRules(from.access.allowedOrigins()),
                routes);
    }

    private Routes routes(Builder from) {
        RegistryRules registries = new RegistryRules(from.access.allowedRegistries());
        ClientAddress addresses = new ClientAddress(TrustedProxies.parse(from.access.trustedProxies()));
        Callers callers = new Callers(addresses, from.pullReply);
        InstalledModels installed = new InstalledModels(from.ollama, from.clock);
        Intake intake = new Intake(from.queue, exposition.pulls());
        QueuedPulls queuedPulls = new QueuedPulls(intake, installed, callers, heldPulls, wording, from.clock);
        CloudPulls cloudPulls = new CloudPulls(from.ollama, intake, queuedPulls);
        DryRun dryRun = new DryRun(from.queue, queuedPulls, callers, wording);
        Routes routes = new Routes(relay)
                .on("POST", "/api/pull", new PullHandler(registries, cloudPulls, queuedPulls, dryRun))
                .on("POST", "/api/create", new CreateHandler(registries, installed, queuedPulls, relay))
                .on("DELETE", "/api/delete", new DeleteHandler(from.queue, installed, relay))
                .on("GET", "/api/health", new HealthHandler(from.queue, from.ollama, from.backend, from.loss));
        return withReports(withQueue(withVitals(routes, from), from, callers), from);
    }

    private Routes withVitals(Routes routes, Builder from) {
        if (from.metrics != null) {
            exposition.observe(from.queue, from.clock);
            exposition.observe(
                    "ohhhllama_held_pulls", "Pulls that wait for their model with an open answer.", heldPulls::count);
            exposition.observeProcess(
                    Optional.ofNullable(OhhhllamaProxy.class.getPackage().getImplementationVersion())
                            .orElse("unknown"));
            MetricsHandler handler = new MetricsHandler(exposition, new BackendProbe(from.ollama));
            routes.on("GET", "/metrics", handler).on("HEAD", "/metrics", handler);
        }
        return new Vitals(from.queue).addTo(routes);
    }

    private Routes withQueue(Routes routes, Builder from, Callers callers) {
        QueueHandler queue = new QueueHandler(from.queue, callers);
        RunHandler run = new RunHandler(from.queue, wording, new Deadlines(from.clock, from.zone));
        EntryHandler entry = new EntryHandler(from.queue, wording);
        return routes.on("GET", "/api/queue", queue::list)
                .on("DELETE", "/api/queue", queue::remove)
                .on("POST", "/api/queue/process", run::process)
                .on("POST", "/api/queue/pause", run::pause)
                .on("POST", "/api/queue/resume", run::resume)
                .onEntry("GET", "", entry::show)
                .onEntry("DELETE", "", entry::remove)
                .onEntry("POST", "/move", entry::move)
                .onEntry("POST", "/retry", entry::retry)
                .onEntry("POST", "/run-now", entry::runNow);
    }

    private static Routes withReports(Routes routes, Builder from) {
        ReportHandler reports = new ReportHandler(from.queue, from.clock);
        return routes.on("GET", "/api/queue/plan", reports::plan)
                .on("GET", "/api/queue/outdated", reports::outdated)
                .on("GET", "/api/history", reports::history);
    }

    /** Gathers what a proxy needs; everything but queue and Ollama has a default. Not thread-safe. */
    public static final class Builder {

        private final QueueService queue;
        private final OllamaClient ollama;
        private InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 11434);
        private URI backend = URI.create("http://127.0.0.1:11435");
        private Duration connectTimeout = Duration.ofSeconds(5);
        private Duration grace = Duration.ofSeconds(20);
        private Access access = new Access(List.of(), List.of(), List.of(), List.of());
        private PullReply pullReply = PullReply.AUTO;
        private Supplier<ZoneId> zone = ZoneId::systemDefault;
        private Clock clock = Clock.systemUTC();
        private Supplier<Optional<String>> loss = Optional::empty;
        private @Nullable ProxyMetrics metrics;

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
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = Objects.requireNonNull(timeout, "timeout");
            return this;
        }

        /**
         * Sets how long {@link OhhhllamaProxy#close} waits for answers that are under way; 20 seconds by default.
         *
         * @param period 0 or longer
         */
        public Builder grace(Duration period) {
            grace = Objects.requireNonNull(period, "period");
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
         * Starts the proxy.
         *
         * @return the proxy, listening
         * @throws IOException if the address cannot be listened on
         * @throws IllegalArgumentException if a rule of the access cannot be read; the message names it
         */
        public OhhhllamaProxy start() throws IOException {
            return new OhhhllamaProxy(this);
        }
    }
}
