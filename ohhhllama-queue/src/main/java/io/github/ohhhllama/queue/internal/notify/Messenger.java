package io.github.ohhhllama.queue.internal.notify;

import io.github.ohhhllama.queue.internal.ollama.RetryAfter;
import io.github.ohhhllama.queue.internal.registry.EnvironmentProxies;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;

/**
 * Sends messages. A receiver has 10 seconds for all of it. Redirects are not followed: the address is a secret, and who
 * moved has to say so to a person. Thread-safe.
 */
public final class Messenger implements AutoCloseable {

    /** What may pass although it is the request that is refused: RFC 9110 15.5.9, RFC 8470, RFC 6585. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final OkHttpClient client;
    private final Clock clock;

    /**
     * Creates a messenger; nothing is connected yet.
     *
     * @param environment where {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} are looked up
     * @param budget how long a receiver may take
     * @param clock tells when a message is sent
     */
    public Messenger(Map<String, String> environment, Duration budget, Clock clock) {
        EnvironmentProxies proxies = new EnvironmentProxies(Map.copyOf(environment));
        this.client = new OkHttpClient.Builder()
                .proxySelector(proxies)
                .proxyAuthenticator(proxies)
                .callTimeout(budget)
                .followRedirects(false)
                .build();
        this.clock = clock;
    }

    /**
     * Sends a message, and waits for the answer.
     *
     * @param target to whom
     * @param message what
     * @param secret signs it; empty for no signature
     */
    public Delivery send(Target target, Message message, String secret) {
        try (Response response =
                client.newCall(request(target, message, secret)).execute()) {
            return judge(response);
        } catch (IOException failed) {
            return new Delivery.Postponed(failed.toString(), null);
        }
    }

    /**
     * Checks a secret.
     *
     * @param secret what messages are signed with; empty for no signature
     * @throws IllegalArgumentException if it is not what it says it is
     */
    public static void requireKey(String secret) {
        byte[] unused = Signature.key(secret);
    }

    /** Breaks off what is under way. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private Request request(Target target, Message message, String secret) throws IOException {
        RequestBody body = target.form().body(message);
        long seconds = clock.instant().getEpochSecond();
        Request.Builder request = new Request.Builder()
                .url(target.form().url(target.url()))
                .header("webhook-id", message.id())
                .header("webhook-timestamp", Long.toString(seconds))
                .header("User-Agent", "ohhhllama")
                .post(body);
        if (target.authorization() != null) {
            request.header("Authorization", target.authorization());
        }
        if (!secret.isEmpty()) {
            Buffer bytes = new Buffer();
            body.writeTo(bytes);
            request.header("webhook-signature", new Signature(secret).of(message.id(), seconds, bytes.readByteArray()));
        }
        target.form().furnish(request, message);
        return request.build();
    }

    private Delivery judge(Response response) {
        String words = ("it answered " + response.code() + ' ' + response.message()).strip();
        if (response.isSuccessful()) {
            return new Delivery.Taken(words);
        }
        if (response.code() >= 500 || PASSING.contains(response.code())) {
            return new Delivery.Postponed(words, RetryAfter.of(response.headers(), clock));
        }
        return new Delivery.Refused(words + advice(response.code()));
    }

    private static String advice(int code) {
        return switch (code) {
            case 401, 403 -> ": it wants another user, password or token in NOTIFY_URL";
            case 404, 410 -> ": there is nobody at that address (any more), correct NOTIFY_URL";
            default -> code < 400 ? ": it has moved, correct NOTIFY_URL" : ": it does not understand the message";
        };
    }
}
