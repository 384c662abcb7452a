package io.github.ohhhllama.proxy;

import io.github.ohhhllama.Requester;
import io.github.ohhhllama.proxy.internal.client.ClientAddress;
import io.github.ohhhllama.proxy.internal.client.ClientKind;
import io.github.ohhhllama.proxy.internal.client.Preference;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Knows who is calling and how they like to be answered. Immutable. */
final class Callers {

    private static final HttpString FORWARDED = new HttpString("Forwarded");
    private static final HttpString PREFER = new HttpString("Prefer");

    private final ClientAddress addresses;
    private final PullReply configured;

    Callers(ClientAddress addresses, PullReply configured) {
        this.addresses = addresses;
        this.configured = configured;
    }

    /** Returns who is calling: the socket's address, or what a trusted proxy before us says it is. */
    Requester requester(HttpServerExchange exchange) {
        InetAddress peer = exchange.getSourceAddress().getAddress();
        return Requester.at(addresses.of(peer, all(exchange, Headers.X_FORWARDED_FOR), all(exchange, FORWARDED)));
    }

    /** Returns how to answer a queued pull: as the request prefers, else as configured, else as its client reads. */
    ReplyStyle replyStyle(HttpServerExchange exchange) {
        Preference preference = Preference.parse(all(exchange, PREFER));
        if (preference.respondAsync()) {
            return ReplyStyle.OBJECT;
        }
        return preference.waits() ? ReplyStyle.HOLD : byConfiguration(exchange);
    }

    /** Returns whether the client reads lines of progress: it asked for them, and not for one object at once. */
    boolean readsLines(HttpServerExchange exchange, boolean stream) {
        return stream && !Preference.parse(all(exchange, PREFER)).respondAsync();
    }

    /** Returns how long the client wants to wait at most, if it said so. */
    Optional<Duration> patience(HttpServerExchange exchange) {
        return Preference.parse(all(exchange, PREFER)).atMost();
    }

    private ReplyStyle byConfiguration(HttpServerExchange exchange) {
        return switch (configured) {
            case HOLD -> ReplyStyle.HOLD;
            case ASYNC -> ReplyStyle.OBJECT;
            case AUTO -> {
                String agent = exchange.getRequestHeaders().getFirst(Headers.USER_AGENT);
                yield ClientKind.of(agent) == ClientKind.OLLAMA ? ReplyStyle.DIALECT : ReplyStyle.OBJECT;
            }
        };
    }

    private static List<String> all(HttpServerExchange exchange, HttpString name) {
        HeaderValues values = exchange.getRequestHeaders().get(name);
        return values == null ? List.of() : List.copyOf(values);
    }
}
