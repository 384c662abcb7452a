package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.client.HostRules;
import io.github.ohhhllama.proxy.internal.client.OriginRules;
import io.github.ohhhllama.proxy.internal.client.OriginVerdict;
import io.github.ohhhllama.proxy.internal.client.OriginVerdict.Kind;
import io.github.ohhhllama.proxy.internal.client.Preflight;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.github.ohhhllama.proxy.internal.relay.RequestTarget;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whom Ollama would let in: Ollama itself sees only our Host, so that the rules it has against web pages that
 * reach for it (CORS, DNS rebinding) are applied here, on every path and in its order.
 */
final class Gate implements HttpHandler {

    private static final HttpString ALLOW_ORIGIN = new HttpString("Access-Control-Allow-Origin");

    private final HostRules hosts;
    private final OriginRules origins;
    private final Routes routes;

    Gate(HostRules hosts, OriginRules origins, Routes routes) {
        this.hosts = hosts;
        this.origins = origins;
        this.routes = routes;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        RequestTarget target = Relay.target(exchange);
        HeaderMap headers = exchange.getRequestHeaders();
        @Nullable String host = Relay.host(exchange, target);
        @Nullable String origin = headers.getFirst(Headers.ORIGIN);
        OriginVerdict verdict = origins.judge(origin, host);
        boolean options = exchange.getRequestMethod().equals(Methods.OPTIONS);
        if (verdict.kind() == Kind.REFUSED) {
            end(exchange, StatusCodes.FORBIDDEN);
        } else if (verdict.kind() == Kind.ALLOWED && options) {
            preflight(exchange, verdict, target.path());
        } else {
            judgeHost(exchange, host, verdict, target.path());
        }
    }

    private void judgeHost(HttpServerExchange exchange, @Nullable String host, OriginVerdict verdict, String path)
            throws Exception {
        if (verdict.kind() == Kind.ALLOWED) {
            exchange.getResponseHeaders().put(ALLOW_ORIGIN, verdict.allowOrigin());
            if (verdict.varies()) {
                exchange.getResponseHeaders().add(Headers.VARY, "Origin");
            }
        }
        boolean options = exchange.getRequestMethod().equals(Methods.OPTIONS);
        if (!hosts.allows(host)) {
            end(exchange, StatusCodes.FORBIDDEN);
        } else if (options && hosts.allowsAsName(host) && path.startsWith("/")) {
            Preflight.allow(path)
                    .ifPresent(methods -> exchange.getResponseHeaders().put(Headers.ALLOW, methods));
            end(exchange, StatusCodes.NO_CONTENT);
        } else {
            // Ollama would judge the origin by a Host that is not the client's.
            exchange.getRequestHeaders().remove(Headers.ORIGIN);
            routes.route(exchange, path);
        }
    }

    private static void preflight(HttpServerExchange exchange, OriginVerdict verdict, String path) {
        HeaderMap answer = exchange.getResponseHeaders();
        answer.put(new HttpString("Access-Control-Allow-Methods"), Preflight.ALLOW_METHODS);
        answer.put(new HttpString("Access-Control-Allow-Headers"), Preflight.ALLOW_HEADERS);
        answer.put(new HttpString("Access-Control-Max-Age"), Preflight.MAX_AGE);
        answer.put(ALLOW_ORIGIN, verdict.allowOrigin());
        if (verdict.varies()) {
            Preflight.VARY.forEach(value -> answer.add(Headers.VARY, value));
        }
        Preflight.allow(path).ifPresent(methods -> answer.put(Headers.ALLOW, methods));
        end(exchange, StatusCodes.NO_CONTENT);
    }

    /** Undertow would first wait for the whole body, however long that is and whether or not it is sent at all. */
    private static void end(HttpServerExchange exchange, int status) {
        if (!Relay.isComplete(exchange)) {
            Relay.end(exchange, status);
            return;
        }
        exchange.setStatusCode(status);
        if (status == StatusCodes.FORBIDDEN) {
            exchange.setResponseContentLength(0);
        }
        exchange.endExchange();
    }
}
