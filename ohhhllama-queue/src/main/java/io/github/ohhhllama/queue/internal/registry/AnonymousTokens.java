package io.github.ohhhllama.queue.internal.registry;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import okhttp3.Authenticator;
import okhttp3.Challenge;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the token that a registry gives to anybody, once per question, as Docker's clients do. Ollama signs that
 * request with a key of its own, which stays with Ollama: nothing secret is sent here. As Ollama (its
 * {@code server/auth.go}, v0.33), it asks no other host than the registry.
 */
final class AnonymousTokens implements Authenticator {

    private static final long MOST_BYTES = 64 * 1024;

    private final OkHttpClient client;

    AnonymousTokens(OkHttpClient client) {
        this.client = client;
    }

    @Override
    public @Nullable Request authenticate(@Nullable Route route, Response response) throws IOException {
        HttpUrl url = response.request().url();
        Map<String, String> challenge = challenge(response);
        HttpUrl realm = HttpUrl.parse(realm(response));
        boolean isFirst = response.priorResponse() == null;
        if (!isFirst || realm == null || !realm.host().equals(url.host()) || realm.port() != url.port()) {
            return null;
        }
        String token = token(
                tokenUrl(realm, challenge), Objects.toString(response.request().header("User-Agent"), ""));
        return token == null
                ? null
                : response.request()
                        .newBuilder()
                        .header("Authorization", "Bearer " + token)
                        .build();
    }

    /** Returns the realm of a 401, empty if it names none. */
    static String realm(Response response) {
        return challenge(response).getOrDefault("realm", "");
    }

    private static Map<String, String> challenge(Response response) {
        return response.challenges().stream()
                .findFirst()
                .map(Challenge::authParams)
                .orElse(Map.of());
    }

    private static HttpUrl tokenUrl(HttpUrl realm, Map<String, String> challenge) {
        HttpUrl.Builder url = realm.newBuilder().addQueryParameter("service", challenge.getOrDefault("service", ""));
        for (String scope : challenge.getOrDefault("scope", "").split(" ", -1)) {
            url.addQueryParameter("scope", scope);
        }
        return url.build();
    }

    private @Nullable String token(HttpUrl url, String userAgent) throws IOException {
        Request request =
                new Request.Builder().url(url).header("User-Agent", userAgent).build();
        try (Response response = client.newCall(request).execute()) {
            if (!response.isSuccessful()) {
                return null;
            }
            Wire.Token answer = Body.read(response, MOST_BYTES).json(Wire.Token.class);
            return answer.token() == null ? answer.accessToken() : answer.token();
        }
    }
}
