package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.PullProgress;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ThroughputTest {

    private static final Instant START = Instant.parse("2026-11-23T22:00:00Z");

    private final Throughput throughput = new Throughput(Set.of("sha256:small", "sha256:big"));

    @Test
    void countsWhatIsAddedToALayer() {
        take("sha256:big", 1000, 300, 0);
        take("sha256:big", 1000, 700, 1);

        assertThat(throughput.fetched()).isEqualTo(400);
        assertThat(throughput.present(Set.of())).isEqualTo(700);
        assertThat(throughput.peak()).isEqualTo(400);
        assertThat(throughput.layers()).containsExactly("sha256:big");
    }

    @Test
    void countsALayerThatCameBetweenTwoLines() {
        take("sha256:small", 50, 50, 0);

        assertThat(throughput.fetched()).isEqualTo(50);
    }

    @Test
    void doesNotCountALayerThatWasHereBefore() {
        take("sha256:old", 900, 900, 0);

        assertThat(throughput.fetched()).isZero();
        assertThat(throughput.present(Set.of("sha256:big"))).isZero();
    }

    @Test
    void takesNothingOffForAPartThatIsFetchedAgain() {
        take("sha256:big", 1000, 0, 0);
        take("sha256:big", 1000, 600, 1);
        take("sha256:big", 1000, 200, 2);
        take("sha256:big", 1000, 1000, 3);

        assertThat(throughput.fetched()).isEqualTo(1400);
    }

    private void take(String digest, long total, long completed, long second) {
        throughput.after(new PullProgress("pulling", digest, total, completed), START.plusSeconds(second));
    }
}
