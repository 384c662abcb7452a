package io.github.ohhhllama.proxy.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AmountsTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "4109865159, 4.1 GB",
        "40000000000, 40 GB",
        "999999, 1.0 MB",
        "9223372036854775807, 9.2 EB",
    })
    void sizesAreDecimal(long bytes, String expected) {
        assertThat(Amounts.size(bytes)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"PT5S, 5s", "PT3M10S, 3m10s", "PT26H5M, 26h5m"})
    void timesHaveTwoUnits(Duration duration, String expected) {
        assertThat(Amounts.time(duration)).isEqualTo(expected);
    }

    @Test
    void momentsAreShownOnTheClockOfAZone() {
        Instant summer = Instant.parse("2026-07-01T01:00:00Z");

        assertThat(Amounts.local(summer, BERLIN)).isEqualTo("2026-07-01 03:00 CEST");
        assertThat(Amounts.localAndUtc(summer, BERLIN)).isEqualTo("2026-07-01 03:00 CEST (2026-07-01 01:00 UTC)");
    }
}
