package io.github.ohhhllama.proxy;

import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.client.ClientAddress;
import io.github.ohhhllama.proxy.internal.client.HostRules;
import io.github.ohhhllama.proxy.internal.client.OriginRules;
import io.github.ohhhllama.proxy.internal.client.OwnAddresses;
import io.github.ohhhllama.proxy.internal.client.RegistryRules;
import io.github.ohhhllama.proxy.internal.client.TrustedProxies;
import io.github.ohhhllama.proxy.internal.metrics.Exposition;
import io.github.ohhhllama.proxy.internal.relay.Adoption;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.GracefulShutdownHandler;
import java.time.Duration;
import java.util.Optional;

/**
 * Is the proxy under a listener of your own, beside your own handlers: pulls go into the queue, everything else passes
 * through, unbuffered.
 *
 * <p>{@link OhhhllamaProxy.Builder#handler()} makes it, and any {@link QueueService} may stand behind it. Where it stands
 * below a path, clients have that path in their {@code OLLAMA_HOST}; Ollama does not hear of it.
 *
 * <p>What holds as in {@link OhhhllamaProxy}: every spelling of a path leads where it would lead in Ollama; of a body not
 * a byte is believed before its framing was checked, so that a malformed chunk is answered with 400 and no half of a body
 * reaches Ollama as a whole one; {@code Origin} and {@code Host} are judged; a client that leaves is missed at once; there
 * is no timeout and no limit of its own.
 *
 * <p>What is the listener's, and cannot be promised here:
 *
 * <ul>
 *   <li>The head was read by Undertow before. What it smooths over (bare line feeds, folded lines, blanks) is refused by
 *       {@link OhhhllamaProxy}, while here Ollama gets what Undertow understood, written anew, with fields of one name side
 *       by side; what it refuses ({@code %zz} in a query, non-ASCII letters) Ollama does not get to see.
 *   <li>Its limits and timeouts hold, for heads, for bodies that are read here (pull, create, delete, the queue), and for
 *       connections that are silent: an {@code IDLE_TIMEOUT} cuts a model off that takes its time.
 *   <li>It has to speak HTTP/1.1, with or without TLS; requests over HTTP/2 and AJP are answered with 505. Leave
 *       {@code ENABLE_HTTP2} off, which most clients would agree to under TLS, and {@code BUFFER_PIPELINED_DATA}.
 *   <li>Answers of Ollama go past Undertow's response channel: response wrappers (compression) and commit listeners are
 *       not asked. Exchange complete listeners (access logs) are, and see the status.
 * </ul>
 *
 * <p>No handler before it may read from the body. Where that is seen, an {@link IllegalStateException} leaves the request
 * unanswered by the proxy; where it is not (a part of a chunked body that was read), what is left is refused as malformed.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class OhhhllamaHandler implements HttpHandler, AutoCloseable {

    private final Exposition exposition;
    private final Relay relay;
    private final Wording wording;
    private final HeldPulls heldPulls;
    private final Closing closing;
    private final Adoption adoption;
    private final Duration grace;

    OhhhllamaHandler(OhhhllamaProxy.Builder from) {
        grace = from.grace;
        exposition = (from.metrics == null ? new ProxyMetrics() : from.metrics).exposition();
        relay = new Relay(from.backend, from.connectTimeout, exposition.traffic());
        wording = new Wording(from.zone, from.clock);
        heldPulls = new HeldPulls(from.queue, wording, from.clock);
        // First, since it may find a rule that cannot be read, and the metrics take what the routes give them only
        // once.
        Gate outside = gate(from, Vitals.closing());
        closing = new Closing(new GracefulShutdownHandler(gate(from, routes(from))), outside);
        adoption = new Adoption(closing);
    }

    /**
     * Answers a request, or passes it on to Ollama.
     *
     * @throws IllegalStateException if a handler before this one has read from the request's body
     * @throws Exception if something fails that nobody planned; the connection is of no more use then
     */
    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        adoption.handleRequest(exchange);
    }

    /** Returns the same for exchanges of a listener that has guarded them from their beginning. */
    HttpHandler unadopted() {
        return closing;
    }

    /** Refuses new requests with 503 from now on; those that are being answered go on. */
    public void refuseNewRequests() {
        closing.begin();
        heldPulls.close();
    }

    /**
     * Refuses new requests, lets those that are being answered go on for the grace period, and closes the connections to
     * Ollama that rest. Close it before the server under it, which then ends what is still under way.
     */
    @Override
    public void close() {
        refuseNewRequests();
        closing.await(grace);
        relay.close();
    }

    private static Gate gate(OhhhllamaProxy.Builder from, Routes routes) {
        return new Gate(
                new HostRules(from.access.allowedHosts(), OwnAddresses::ask),
                new OriginRules(from.access.allowedOrigins()),
                routes);
    }

    private Routes routes(OhhhllamaProxy.Builder from) {
        RegistryRules registries = new RegistryRules(from.access.allowedRegistries());
        ClientAddress addresses = new ClientAddress(TrustedProxies.parse(from.access.trustedProxies()));
        Callers callers = new Callers(addresses, from.pullReply);
        InstalledModels installed = new InstalledModels(from.ollama, from.clock);
        Intake intake = new Intake(from.queue, exposition.pulls());
        QueuedPulls queuedPulls = new QueuedPulls(intake, installed, callers, heldPulls, wording, from.clock);
        CloudPulls cloudPulls = new CloudPulls(from.ollama, intake, queuedPulls, from.clock);
        DryRun dryRun = new DryRun(from.queue, queuedPulls, callers, wording);
        Routes routes = new Routes(relay)
                .on("POST", "/api/pull", new PullHandler(registries, callers, cloudPulls, queuedPulls, dryRun))
                .on("POST", "/api/create", new CreateHandler(from.ollama, registries, installed, queuedPulls, relay))
                .on("DELETE", "/api/delete", new DeleteHandler(from.queue, installed, relay))
                .on("GET", "/api/health", new HealthHandler(from.queue, from.ollama, from.backend, from.loss));
        return withReports(withQueue(withVitals(routes, from), from, callers), from);
    }

    private Routes withVitals(Routes routes, OhhhllamaProxy.Builder from) {
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

    private Routes withQueue(Routes routes, OhhhllamaProxy.Builder from, Callers callers) {
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

    private static Routes withReports(Routes routes, OhhhllamaProxy.Builder from) {
        ReportHandler reports = new ReportHandler(from.queue, from.clock);
        return routes.on("GET", "/api/queue/plan", reports::plan)
                .on("GET", "/api/queue/outdated", reports::outdated)
                .on("GET", "/api/history", reports::history);
    }
}
