package io.github.ohhhllama.queue.internal.ollama;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelDetails;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Talks to Ollama over HTTP/1.1. Every request has a connection of its own and is sent once: no redirect is followed, no
 * proxy is used, nothing is tried again.
 *
 * <p>Thread-safe. {@link #close()} breaks off calls that still wait for an answer; streams are closed by their owners.
 */
public final class OkHttpOllamaClient implements OllamaClient, AutoCloseable {

    private static final Duration QUESTION_PATIENCE = Duration.ofSeconds(10);
    /** Who asks for the version wants to know whether anybody is there, and Ollama has it at hand whatever it does. */
    private static final Duration GREETING_PATIENCE = Duration.ofSeconds(3);

    private static final Duration PULL_PATIENCE = Duration.ofMinutes(2);
    private static final MediaType JSON = MediaType.get("application/json");
    private static final long ERROR_BYTES = 64 * 1024;
    private static final Wire.Details NO_DETAILS = new Wire.Details(null, null, null, null);

    private final HttpUrl backend;
    private final Clock clock;
    private final OllamaJson json = new OllamaJson();
    private final OkHttpClient questions;
    private final OkHttpClient greetings;
    private final OkHttpClient pulls;

    /**
     * Creates a client; nothing is connected yet.
     *
     * @param backend where Ollama listens, for instance {@code http://127.0.0.1:11435}
     * @param connectTimeout how long a connection may take to stand
     * @param clock tells the time to which a date in {@code Retry-After} is compared
     * @throws IllegalArgumentException if the address is not an http or https URL
     */
    public OkHttpOllamaClient(URI backend, Duration connectTimeout, Clock clock) {
        HttpUrl url = HttpUrl.parse(backend.toString());
        if (url == null) {
            throw new IllegalArgumentException("backend must be an http or https URL, was \"" + backend + '"');
        }
        this.backend = url;
        this.clock = clock;
        this.questions = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                // A kept connection may be stale; over loopback a new one costs nothing.
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .connectTimeout(connectTimeout)
                .readTimeout(QUESTION_PATIENCE)
                .callTimeout(Duration.ZERO)
                .addNetworkInterceptor(KeepAlive::kept)
                .addNetworkInterceptor(RetryAfter::tamed)
                .build();
        this.greetings = questions.newBuilder().readTimeout(GREETING_PATIENCE).build();
        this.pulls = questions.newBuilder().readTimeout(PULL_PATIENCE).build();
    }

    @Override
    public String version() {
        Wire.Version answer = ask(greetings, "api/version", Wire.Version.class);
        if (answer.version() == null) {
            throw unlikeOllama("api/version", "no version in the answer", null);
        }
        return answer.version();
    }

    @Override
    public List<InstalledModel> installedModels() {
        List<Wire.@Nullable Tag> models =
                ask(questions, "api/tags", Wire.Tags.class).models();
        return models == null
                ? List.of()
                : models.stream().flatMap(tag -> installed(tag).stream()).toList();
    }

    @Override
    public Optional<ModelDetails> show(ModelName model) {
        Request request =
                request("api/show", "application/json").post(naming(model)).build();
        try (Response response = execute(questions.newCall(request))) {
            if (isUnknownModel(response)) {
                return Optional.empty();
            }
            return Optional.of(details(readAnswer("api/show", Wire.Show.class, response)));
        }
    }

    @Override
    public boolean delete(ModelName model) {
        Request request =
                request("api/delete", "application/json").delete(naming(model)).build();
        try (Response response = execute(questions.newCall(request))) {
            if (isUnknownModel(response)) {
                return false;
            }
            if (!response.isSuccessful()) {
                throw refusal(response);
            }
            return true;
        }
    }

    @Override
    public boolean hasBlob(String digest) {
        Call call = questions.newCall(
                request("api/blobs/" + digest, "application/json").head().build());
        try (Response response = execute(call)) {
            if (response.code() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            if (!response.isSuccessful()) {
                throw refusal(response);
            }
            return true;
        }
    }

    @Override
    public PullStream pull(ModelName model, boolean insecure) {
        Wire.Pull body = new Wire.Pull(model.spelling(), true, insecure ? true : null);
        Request request = request("api/pull", "application/x-ndjson")
                .post(RequestBody.create(json.write(body), JSON))
                .build();
        return new OkHttpPullStream(model, pulls.newCall(request), this::accepted, json);
    }

    private Response accepted(Call call) {
        Response response = execute(call);
        if (!response.isSuccessful()) {
            throw refusal(response);
        }
        return response;
    }

    @Override
    public void close() {
        questions.dispatcher().cancelAll();
        questions.connectionPool().evictAll();
    }

    private <T> T ask(OkHttpClient client, String path, Class<T> shape) {
        Call call = client.newCall(request(path, "application/json").build());
        try (Response response = execute(call)) {
            return readAnswer(path, shape, response);
        }
    }

    private <T> T readAnswer(String path, Class<T> shape, Response response) {
        if (!response.isSuccessful()) {
            throw refusal(response);
        }
        try {
            return json.read(shape, response.body().string());
        } catch (SocketTimeoutException silent) {
            throw silent(response.request(), silent);
        } catch (IOException broken) {
            throw unlikeOllama(path, String.valueOf(broken.getMessage()), broken);
        }
    }

    private RequestBody naming(ModelName model) {
        return RequestBody.create(json.write(new Wire.Named(model.spelling())), JSON);
    }

    /** Tells Ollama's "no such model" from the 404 of a server that does not know the path. */
    private boolean isUnknownModel(Response response) {
        try {
            return response.code() == HttpURLConnection.HTTP_NOT_FOUND
                    && errorIn(response.peekBody(ERROR_BYTES).string()).isPresent();
        } catch (IOException broken) {
            return false;
        }
    }

    private Request.Builder request(String path, String accept) {
        return new Request.Builder()
                .url(backend.newBuilder().addPathSegments(path).build())
                .header("Accept", accept)
                // OkHttp would ask for gzip, and a compressed stream comes in lumps.
                .header("Accept-Encoding", "identity")
                .header("User-Agent", "ohhhllama");
    }

    private Response execute(Call call) {
        try {
            return call.execute();
        } catch (SocketTimeoutException late) {
            throw silent(call.request(), late);
        } catch (IOException unreachable) {
            throw new OllamaException(
                    PullFailure.NETWORK,
                    describe(call.request()) + " failed: " + unreachable.getMessage(),
                    null,
                    unreachable);
        }
    }

    /** Says why an answer that is not 2xx is one, in Ollama's own words where it has any. */
    private OllamaException refusal(Response response) {
        try (response) {
            String body = response.peekBody(ERROR_BYTES).string().strip();
            String text = errorIn(body).orElse(body);
            String message = text.isEmpty() ? describe(response.request()) + " answered " + response.code() : text;
            return new OllamaException(
                    FailureTable.ofStatus(response.code(), text),
                    message,
                    RetryAfter.of(response.headers(), clock),
                    null);
        } catch (IOException broken) {
            return new OllamaException(
                    PullFailure.NETWORK,
                    describe(response.request()) + " answered " + response.code() + " and broke off",
                    RetryAfter.of(response.headers(), clock),
                    broken);
        }
    }

    private Optional<String> errorIn(String body) {
        try {
            return Optional.ofNullable(json.read(Wire.Failure.class, body).error());
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<InstalledModel> installed(Wire.@Nullable Tag tag) {
        if (tag == null) {
            return Optional.empty();
        }
        try {
            String name = Objects.requireNonNullElse(tag.name(), Objects.requireNonNullElse(tag.model(), ""));
            String digest = Objects.requireNonNullElse(tag.digest(), "");
            long size = Objects.requireNonNullElse(tag.size(), 0L);
            return Optional.of(new InstalledModel(ModelName.stored(name), digest, size));
        } catch (InvalidModelNameException foreign) {
            // What is no name at all cannot be the one that was pulled.
            return Optional.empty();
        }
    }

    private static ModelDetails details(Wire.Show answer) {
        Wire.Details details = Objects.requireNonNullElse(answer.details(), NO_DETAILS);
        return new ModelDetails(
                Objects.requireNonNullElse(details.format(), ""),
                Objects.requireNonNullElse(details.family(), ""),
                Objects.requireNonNullElse(details.parameterSize(), ""),
                Objects.requireNonNullElse(details.quantization(), ""),
                Objects.requireNonNullElse(answer.capabilities(), List.<@Nullable String>of()).stream()
                        .flatMap(Stream::ofNullable)
                        .toList());
    }

    private OllamaException silent(Request request, SocketTimeoutException cause) {
        return new OllamaException(
                PullFailure.STALLED, describe(request) + " got no answer: " + cause.getMessage(), null, cause);
    }

    private OllamaException unlikeOllama(String path, String what, @Nullable Throwable cause) {
        return new OllamaException(
                PullFailure.NETWORK,
                "expected an answer like Ollama's from " + backend + path + ": " + what,
                null,
                cause);
    }

    private static String describe(Request request) {
        return request.method() + ' ' + request.url();
    }
}
