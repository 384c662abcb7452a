package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.PullProgress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class StagnationTest {

    private static final Instant START = Instant.parse("2026-11-23T03:00:00Z");

    private final Stagnation stagnation = new Stagnation(Duration.ofMinutes(2));

    @Test
    void endsADownloadOfWhichNothingComesWhileOllamaTalksOn() {
        assertThat(says(500, 0)).isFalse();
        for (int second = 1; second < 120; second++) {
            assertThat(says(500, second)).isFalse();
        }
        assertThat(says(500, 120)).isTrue();
    }

    @Test
    void takesEveryByteForNewsAlsoAfterAPartThatFailed() {
        says(500, 0);
        says(500, 119);
        says(501, 120);
        assertThat(says(501, 230)).isFalse();
        assertThat(says(200, 235)).isFalse();
        assertThat(says(201, 236)).isFalse();
        for (int second = 237; second < 356; second++) {
            assertThat(says(201, second)).isFalse();
        }
        assertThat(says(201, 356)).isTrue();
    }

    @Test
    void takesAnotherLayerOrStepForNews() {
        says(500, 0);
        assertThat(look("pulling b", "sha256:b", 500, 110)).isFalse();
        assertThat(look("writing manifest", null, 0, 220)).isFalse();
    }

    @Test
    void leavesOllamaAloneWhileItVerifies() {
        look("verifying sha256 digest", null, 0, 0);
        assertThat(look("verifying sha256 digest", null, 0, 3600)).isFalse();
        assertThat(look("verifying sha256 digest", null, 0, 3601)).isFalse();
    }

    @Test
    void doesNotCountTheHoursOfAComputerThatSlept() {
        says(500, 0);
        assertThat(says(500, 28_800)).isFalse();
        assertThat(says(500, 28_860)).isFalse();
        assertThat(says(500, 100)).isFalse();
    }

    @Test
    void waitsForEverIfItIsToldTo() {
        Stagnation none = new Stagnation(Duration.ZERO);
        PullProgress line = PullProgress.of("pulling manifest");
        none.isReached(line, START);

        assertThat(none.isReached(line, START.plusSeconds(10_000))).isFalse();
    }

    private boolean says(long completed, long second) {
        return look("pulling a", "sha256:a", completed, second);
    }

    private boolean look(String status, @Nullable String digest, long completed, long second) {
        return stagnation.isReached(new PullProgress(status, digest, 1000, completed), START.plusSeconds(second));
    }
}
