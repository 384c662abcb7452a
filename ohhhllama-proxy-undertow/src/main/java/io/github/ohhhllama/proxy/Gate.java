package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.client.HostRules;
import io.github.ohhhllama.proxy.internal.client.OriginRules;
import io.github.ohhhllama.proxy.internal.client.Preflight;
import io.github.ohhhllama.proxy.internal.client.RequestTarget;
import io.github.ohhhllama.proxy.internal.relay.Relay;
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
    private final HttpHandler next;

    Gate(HostRules hosts, OriginRules origins, HttpHandler next) {
        this.hosts = hosts;
        this.origins = origins;
        this.next = next;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        HeaderMap headers = exchange.getRequestHeaders();
        @Nullable String host = headers.getFirst(Headers.HOST);
        @Nullable String origin = headers.getFirst(Headers.ORIGIN);
        boolean options = exchange.getRequestMethod().equals(Methods.OPTIONS);
        OriginRules.Verdict verdict = origins.judge(origin, host);
        if (verdict == OriginRules.Verdict.REFUSED) {
            end(exchange, StatusCodes.FORBIDDEN);
        } else if (verdict == OriginRules.Verdict.ALLOWED && origin != null && options) {
            preflight(exchange, origin);
        } else if (!hosts.allows(host)) {
            end(exchange, StatusCodes.FORBIDDEN);
        } else if (options && origin == null && hosts.allowsName(host) && !isServerWide(exchange)) {
            end(exchange, StatusCodes.NO_CONTENT);
        } else {
            pass(exchange, verdict == OriginRules.Verdict.ALLOWED ? origin : null);
        }
    }

    private void pass(HttpServerExchange exchange, @Nullable String allowed) throws Exception {
        // Ollama would judge the origin by a Host that is not the client's.
        exchange.getRequestHeaders().remove(Headers.ORIGIN);
        if (allowed != null) {
            String echo = origins.allowOrigin(allowed);
            exchange.getResponseHeaders().put(ALLOW_ORIGIN, echo);
            if (!echo.equals("*")) {
                exchange.getResponseHeaders().add(Headers.VARY, "Origin");
            }
        }
        next.handleRequest(exchange);
    }

    private void preflight(HttpServerExchange exchange, String origin) {
        HeaderMap answer = exchange.getResponseHeaders();
        Preflight.fields().forEach((name, value) -> answer.put(new HttpString(name), value));
        answer.put(ALLOW_ORIGIN, origins.allowOrigin(origin));
        Preflight.vary().forEach(value -> answer.add(Headers.VARY, value));
        String path = RequestTarget.of(Relay.rawTarget(exchange)).path();
        Preflight.allow(path).ifPresent(methods -> answer.put(Headers.ALLOW, methods));
        end(exchange, StatusCodes.NO_CONTENT);
    }

    private static boolean isServerWide(HttpServerExchange exchange) {
        return Relay.rawTarget(exchange).equals("*");
    }

    private static void end(HttpServerExchange exchange, int status) {
        exchange.setStatusCode(status);
        if (status == StatusCodes.FORBIDDEN) {
            exchange.setResponseContentLength(0);
        }
        exchange.endExchange();
    }
}
