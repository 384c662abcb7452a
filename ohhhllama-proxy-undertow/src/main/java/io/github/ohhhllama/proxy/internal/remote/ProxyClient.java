package io.github.ohhhllama.proxy.internal.remote;

import io.github.ohhhllama.proxy.internal.json.ActionView;
import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.json.Health;
import io.github.ohhhllama.proxy.internal.json.QueueView;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Talks to a running proxy over its HTTP API. Thread-safe. */
public final class ProxyClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);

    private final URI proxy;

    /** Without HTTP/2, which over plain HTTP begins with an upgrade, and without the system's proxy: ours is meant. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    /**
     * Creates a client; nothing is asked yet.
     *
     * @param proxy scheme, host and port, and a path if it is behind one
     */
    public ProxyClient(URI proxy) {
        this.proxy = proxy;
    }

    /**
     * Shows a page of the queue.
     *
     * @param limit how many entries at most
     * @param offset how many to leave out before
     * @throws CommandFailure if there is no proxy, or it cannot show its queue
     */
    public Answer<QueueView> queue(int limit, int offset) {
        return show("/api/queue?limit=" + limit + "&offset=" + offset, ApiJson::queue);
    }

    /**
     * Shows an entry, whatever became of it.
     *
     * @param id its number
     * @return empty if there is none with that number
     * @throws CommandFailure if there is no proxy, or it cannot show its queue
     */
    public Optional<QueueView.Entry> entry(long id) {
        HttpResponse<String> response = send("GET", "/api/queue/" + id, BodyPublishers.noBody());
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        return Optional.of(read(response, ApiJson::entry).view());
    }

    /**
     * Asks for something to show.
     *
     * @param path the path, with its query
     * @param reader reads the answer; finds nothing in one that is not the proxy's
     * @param <T> the type of what it says
     * @throws CommandFailure if there is no proxy, or it refuses
     */
    public <T> Answer<T> show(String path, Function<String, Optional<T>> reader) {
        return read(send("GET", path, BodyPublishers.noBody()), reader);
    }

    private <T> Answer<T> read(HttpResponse<String> response, Function<String, Optional<T>> reader) {
        if (response.statusCode() != 200) {
            throw refusal(response);
        }
        T view = reader.apply(response.body()).orElseThrow(() -> notOurs(response));
        return new Answer<>(response.statusCode(), response.body(), view);
    }

    /**
     * Asks how the proxy is; that it is not well is an answer too.
     *
     * @throws CommandFailure if there is no proxy, or it refuses
     */
    Answer<Health> health() {
        HttpResponse<String> response = send("GET", "/api/health", BodyPublishers.noBody());
        Health health = ApiJson.health(response.body()).orElseThrow(() -> refusal(response));
        return new Answer<>(response.statusCode(), response.body(), health);
    }

    /** Returns where the proxy is. */
    URI address() {
        return proxy;
    }

    /**
     * Asks for a change.
     *
     * @param path the path, with its query
     * @param body a JSON object
     * @throws CommandFailure if there is no proxy
     */
    public Answer<ActionView> act(String path, String body) {
        return action("POST", path, body);
    }

    /**
     * Takes the active entry of a model off the queue.
     *
     * @param model its name, as it was typed
     * @throws CommandFailure if there is no proxy
     */
    public Answer<ActionView> remove(String model) {
        return action("DELETE", "/api/queue", ApiJson.model(model));
    }

    /**
     * Takes an entry off the queue.
     *
     * @param id its number
     * @throws CommandFailure if there is no proxy
     */
    public Answer<ActionView> remove(long id) {
        return action("DELETE", "/api/queue", ApiJson.entry(id));
    }

    private Answer<ActionView> action(String method, String path, String body) {
        HttpResponse<String> response = send(method, path, BodyPublishers.ofString(body));
        ActionView view = ApiJson.action(response.body()).orElseThrow(() -> notOurs(response));
        return new Answer<>(response.statusCode(), response.body(), view);
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base() + path))
                    .timeout(ANSWER_TIMEOUT)
                    .header("User-Agent", "ohhhllama-cli")
                    .header("Content-Type", "application/json")
                    .header("Prefer", "respond-async")
                    .method(method, body)
                    .build();
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException unreachable) {
            throw new CommandFailure(ExitCode.UNREACHABLE, unreachable(unreachable));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "interrupted while waiting for " + proxy);
        }
    }

    private String unreachable(IOException cause) {
        String why = cause.getMessage() != null ? cause.getMessage() : reason(cause);
        return "no proxy answers at " + proxy + " (" + why + "); is it running (ohhhllama serve), and there? "
                + "Another address is given by --proxy URL or LISTEN_HOST and LISTEN_PORT";
    }

    /** Neither a refused connection nor a name without an address comes with a message. */
    private String reason(Throwable cause) {
        if (cause.getCause() instanceof UnresolvedAddressException) {
            return "the name " + proxy.getHost() + " has no address";
        }
        return cause instanceof ConnectException
                ? "connection refused"
                : cause.getClass().getSimpleName();
    }

    private CommandFailure refusal(HttpResponse<String> response) {
        return ApiJson.action(response.body())
                .flatMap(ActionView::sentence)
                .map(sentence -> new CommandFailure(ExitCode.of(response.statusCode()), sentence))
                .orElseGet(() -> notOurs(response));
    }

    private CommandFailure notOurs(HttpResponse<String> response) {
        return new CommandFailure(
                ExitCode.UNREACHABLE,
                "what answers at " + proxy + " is not an ohhhllama proxy (status " + response.statusCode()
                        + "); is that Ollama itself? The proxy's address is given by --proxy URL");
    }

    private String base() {
        String text = proxy.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    /**
     * Holds an answer.
     *
     * @param status the HTTP status
     * @param body the text as it came
     * @param view what it says
     * @param <T> the type of that
     */
    public record Answer<T>(int status, String body, T view) {}
}
