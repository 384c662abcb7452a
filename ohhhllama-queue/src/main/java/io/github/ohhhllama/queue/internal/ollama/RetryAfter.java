package io.github.ohhhllama.queue.internal.ollama;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Reads {@code Retry-After} (RFC 9110, section 10.2.3): seconds, or one of the three forms of an HTTP date. */
public final class RetryAfter {

    private static final String FIELD = "Retry-After";

    /** Longer waits are taken for this: a typing error should not park a model for years. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,18}");

    /** Ten digits are more than OkHttp can hold, and at none at all it asks again at once. */
    private static final Pattern UNTAMED = Pattern.compile("\\d{10,}|0+");

    private RetryAfter() {}

    /** Returns how long the other side asks us to wait, or null if it does not, or not in a form that means anything. */
    public static @Nullable Duration of(Headers headers, Clock clock) {
        String value = headers.get(FIELD);
        if (value == null) {
            return null;
        }
        if (SECONDS.matcher(value.strip()).matches()) {
            return bounded(Duration.ofSeconds(Long.parseLong(value.strip())));
        }
        Instant date = headers.getInstant(FIELD);
        return date == null ? null : bounded(Duration.between(clock.instant(), date));
    }

    /**
     * Takes a number out of an answer's way that OkHttp would choke on, or act on without asking: it reads the field of some
     * answers before we do, as an {@code int}, and repeats a request that may come again in 0 seconds. To be put in as a
     * network interceptor.
     */
    public static Response tamed(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(chain.request());
        String value = response.headers().get(FIELD);
        if (value == null || !UNTAMED.matcher(value.strip()).matches()) {
            return response;
        }
        boolean none = value.strip().chars().allMatch(digit -> digit == '0');
        String tame = none ? "1" : Long.toString(LONGEST.toSeconds());
        return response.newBuilder().header(FIELD, tame).build();
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
