package io.github.ohhhllama.queue.internal.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.testing.SettableClock;
import java.time.Duration;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RetryAfterTest {

    private final SettableClock clock = SettableClock.at("1994-11-06T08:40:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "120                             | PT2M",
                "0                               | PT0S",
                "Sun, 06 Nov 1994 08:49:37 GMT   | PT9M37S",
                "Sunday, 06-Nov-94 08:49:37 GMT  | PT9M37S",
                "Sun Nov  6 08:49:37 1994        | PT9M37S",
                "Sun, 06 Nov 1994 08:30:00 GMT   | PT0S",
                "999999999999999999              | PT720H"
            })
    void readsSecondsAndDates(String value, Duration wait) {
        assertThat(RetryAfter.of(Headers.of("Retry-After", value), clock)).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "1.5", "", "99999999999999999999999"})
    void ignoresWhatMeansNothing(String value) {
        assertThat(RetryAfter.of(Headers.of("Retry-After", value), clock)).isNull();
    }

    @Test
    void isNullWhereNobodyAsked() {
        assertThat(RetryAfter.of(Headers.of(), clock)).isNull();
    }
}
