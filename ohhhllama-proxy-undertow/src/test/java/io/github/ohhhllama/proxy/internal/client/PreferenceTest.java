package io.github.ohhhllama.proxy.internal.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreferenceTest {

    /** Lines are separated by {@code /}. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                        | false | false |",
                "return=minimal                            | false | false |",
                "wait                                      | false | true  |",
                "WAIT                                      | false | true  |",
                "wait=\"\"                                 | false | true  |",
                "wait=100                                  | false | true  | 100",
                "Wait = 10                                 | false | true  | 10",
                "wait=\"10\"                               | false | true  | 10",
                "wait=0                                    | false | true  | 0",
                "wait=soon                                 | false | false |",
                "wait=-1                                   | false | false |",
                "wait=99999999999                          | false | true  | 999999999",
                "wait=10, wait=20                          | false | true  | 10",
                "respond-async                             | true  | false |",
                "Respond-Async; foo=bar                    | true  | false |",
                "respond-async, wait=10                    | true  | true  | 10",
                "respond-async/wait=10                     | true  | true  | 10",
                "foo=\"wait, respond-async\"               | false | false |",
                "foo; wait                                 | false | false |",
                ", ,wait,                                  | false | true  |",
                "waiting                                   | false | false |",
            })
    void shouldReadPreferHeaders(String lines, boolean respondAsync, boolean waits, @Nullable Long seconds) {
        Preference preference = Preference.parse(Arrays.asList(lines.split("/")));

        assertThat(preference)
                .isEqualTo(new Preference(respondAsync, waits, seconds == null ? null : Duration.ofSeconds(seconds)));
    }

    @Test
    void shouldPreferNothingWithoutAHeader() {
        assertThat(Preference.parse(List.of())).isEqualTo(new Preference(false, false, null));
        assertThat(Preference.parse(List.of("wait=7")).atMost()).contains(Duration.ofSeconds(7));
    }
}
