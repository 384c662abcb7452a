package io.github.ohhhllama.proxy.internal.doctor;

import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.json.Health;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out what answers at an address. */
final class PortProbe {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(TIMEOUT)
            .build();

    /** Names who may be there. */
    enum Who {
        /** Nothing listens, or the address cannot be reached. */
        NOBODY,
        /** An ohhhllama proxy. */
        OHHHLLAMA,
        /** Ollama itself. */
        OLLAMA,
        /** Something else. */
        STRANGER
    }

    /**
     * Says who is there.
     *
     * @param who who it is
     * @param words the version of Ollama, what a proxy says is not well with it, or why nobody is there
     */
    record Found(Who who, String words) {}

    /**
     * Asks.
     *
     * @param address scheme, host and port, without a slash at its end
     */
    Found at(String address) {
        try {
            Optional<Health> ours = ApiJson.health(get(address + "/api/health").body());
            if (ours.isPresent()) {
                return new Found(Who.OHHHLLAMA, complaints(ours.get()));
            }
            HttpResponse<String> version = get(address + "/api/version");
            Optional<String> ollama = version.statusCode() == 200 ? ApiJson.version(version.body()) : Optional.empty();
            return ollama.map(text -> new Found(Who.OLLAMA, text)).orElse(new Found(Who.STRANGER, ""));
        } catch (ConnectException nobody) {
            return new Found(Who.NOBODY, nobody.getMessage() == null ? "connection refused" : nobody.getMessage());
        } catch (IOException notHttp) {
            return new Found(Who.STRANGER, "");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return new Found(Who.NOBODY, "interrupted");
        }
    }

    private static String complaints(Health health) {
        return health.checks().values().stream()
                .filter(check -> check.status() != Health.Status.HEALTHY)
                .map(Health.Check::message)
                .collect(Collectors.joining(" "));
    }

    private HttpResponse<String> get(String uri) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(uri)).timeout(TIMEOUT).build();
        return http.send(request, BodyHandlers.ofString());
    }
}
