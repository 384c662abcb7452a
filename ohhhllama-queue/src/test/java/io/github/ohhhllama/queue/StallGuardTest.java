package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StallGuardTest {

    private static final Instant START = Instant.parse("2026-11-23T22:00:00Z");

    private final StallGuard guard = new StallGuard(new StallGuard.Limits(1000, Duration.ofSeconds(10)));

    @Test
    void letsADownloadBeThatIsFastEnough() {
        for (int second = 0; second <= 60; second++) {
            assertThat(guard.look(START.plusSeconds(second), second * 1000L)).isEmpty();
        }
    }

    @Test
    void noticesADownloadThatStaysTooSlow() {
        for (int second = 0; second < 10; second++) {
            assertThat(guard.look(START.plusSeconds(second), second * 999L)).isEmpty();
        }
        assertThat(guard.look(START.plusSeconds(10), 9990))
                .contains("only 999 bytes per second came for 10 s, expected at least 1000");
    }

    @Test
    void forgivesAShortRest() {
        guard.look(START, 0);
        guard.look(START.plusSeconds(5), 10_000);
        assertThat(guard.look(START.plusSeconds(10), 10_000)).isEmpty();
        assertThat(guard.look(START.plusSeconds(15), 10_000)).isPresent();
    }

    @Test
    void startsAnewAfterATimeInWhichNothingWasToCome() {
        guard.look(START, 0);
        guard.forget();
        assertThat(guard.look(START.plusSeconds(600), 0)).isEmpty();
        assertThat(guard.look(START.plusSeconds(610), 0)).isPresent();
    }

    @Test
    void startsAnewWhenTheClockWasSetBack() {
        guard.look(START, 0);
        assertThat(guard.look(START.minusSeconds(3600), 5)).isEmpty();
        assertThat(guard.look(START.minusSeconds(3595), 5)).isEmpty();
        assertThat(guard.look(START.minusSeconds(3590), 5)).isPresent();
    }

    @Test
    void seesNoStallWhereAnyRateWillDo() {
        StallGuard patient = new StallGuard(new StallGuard.Limits(0, Duration.ofSeconds(1)));
        patient.look(START, 0);
        assertThat(patient.look(START.plusSeconds(3600), 0)).isEmpty();
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StallGuard.Limits(-1, Duration.ofSeconds(1)))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException().isThrownBy(() -> new StallGuard.Limits(1, Duration.ZERO));
    }
}
