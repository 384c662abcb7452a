package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.proxy.internal.settings.Environment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Asks the registry of the models for the time, which every HTTP server says in its answers (RFC 9110, section 6.6.1).
 *
 * @param registry what to ask, any answer will do
 * @param environment tells by {@code HTTPS_PROXY} how to get there
 */
record RegistryTime(URI registry, Environment environment) {

    /** The one that Ollama asks when a model's name has no other. */
    static final URI USUAL = URI.create("https://registry.ollama.ai/v2/");

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int USUAL_PORT = 3128;

    /** Returns the time there, or nothing if it cannot be had. */
    Optional<Instant> now() {
        HttpRequest request = HttpRequest.newBuilder(registry)
                .timeout(TIMEOUT)
                .method("HEAD", BodyPublishers.noBody())
                .build();
        try {
            return client().send(request, BodyHandlers.discarding())
                    .headers()
                    .firstValue("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (IOException | DateTimeException noneToBeHad) {
            return Optional.empty();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private HttpClient client() {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(TIMEOUT);
        environment
                .variable("HTTPS_PROXY")
                .or(() -> environment.variable("https_proxy"))
                .flatMap(RegistryTime::address)
                .ifPresent(proxy -> builder.proxy(ProxySelector.of(proxy)));
        return builder.build();
    }

    private static Optional<InetSocketAddress> address(String text) {
        try {
            URI proxy = URI.create(text.contains("://") ? text : "http://" + text);
            int port = proxy.getPort() < 0 ? USUAL_PORT : proxy.getPort();
            return Optional.ofNullable(proxy.getHost()).map(host -> InetSocketAddress.createUnresolved(host, port));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
