package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration MOST = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource({
        "1, PT15S, PT30S",
        "2, PT30S, PT1M",
        "3, PT1M, PT2M",
        "7, PT16M, PT32M",
        "8, PT30M, PT1H",
        "9, PT30M, PT1H",
        "100, PT30M, PT1H",
        "2147483647, PT30M, PT1H"
    })
    void growsByTwoUpToTheMostAndKeepsHalfOfItToChance(int failedAttempts, Duration least, Duration most) {
        assertThat(new Backoff(FIRST, MOST, () -> 0.0).pause(failedAttempts)).isEqualTo(least);
        assertThat(new Backoff(FIRST, MOST, () -> 0.5).pause(failedAttempts))
                .isEqualTo(least.plus(most).dividedBy(2));
        assertThat(new Backoff(FIRST, MOST, () -> Math.nextDown(1.0)).pause(failedAttempts))
                .isBetween(most.minusMillis(1), most);
    }

    @Test
    void capsTheVeryFirstPauseToo() {
        assertThat(new Backoff(MOST, MOST, () -> 0.0).pause(1)).isEqualTo(MOST.dividedBy(2));
    }

    @ParameterizedTest
    @CsvSource({
        "PT10S, PT15S",
        "PT15S, PT15S",
        "PT20S, PT20S",
        "PT23H, PT23H",
        "PT24H, PT24H",
        "PT25H, PT24H",
        "PT-1S, PT15S"
    })
    void waitsAsLongAsItIsAskedToButNotForEver(Duration retryAfter, Duration expected) {
        assertThat(new Backoff(FIRST, MOST, () -> 0.0).pause(1, retryAfter)).isEqualTo(expected);
    }

    @Test
    void waitsAsUsualWhenItIsNotAskedToWait() {
        assertThat(new Backoff(FIRST, MOST, () -> 0.0).pause(2, null)).isEqualTo(FIRST);
    }

    @Test
    void refusesToPauseBeforeAnythingFailed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(FIRST, MOST, () -> 0.0).pause(0))
                .withMessage("failedAttempts must be at least 1, was 0");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, PT1S", "PT-1S, PT1S", "PT2S, PT1S"})
    void refusesBoundsThatMakeNoSense(Duration first, Duration most) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(first, most, () -> 0.0))
                .withMessageContaining(first.toString())
                .withMessageContaining(most.toString());
    }
}
