package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaException;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.internal.sqlite.Claim;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class VerdictTest {

    private static final long RUN = 7;
    private final OllamaException busy = new OllamaException(PullFailure.NETWORK, "429", Duration.ofHours(2), null);

    private final Verdict verdict =
            new Verdict(new Backoff(Duration.ofSeconds(30), Duration.ofMinutes(30), () -> 0.0), () -> 0);

    @Test
    void leavesAnEntryThatIsAskedToWaitForLongToTheNextRun() {
        assertThat(verdict.on(busy, claim(false), RUN)).isEqualTo(new Verdict.Defer(Duration.ofHours(2)));
    }

    @Test
    void waitsAsLongAsAskedWithAnEntryThatHasNoRunToWaitFor() {
        assertThat(verdict.on(busy, claim(true), RUN)).isEqualTo(new Verdict.Retry(Duration.ofHours(2)));
    }

    private static Claim claim(boolean permit) {
        PullRequest request = PullRequest.of(ModelName.parse("llama3"), Requester.named("ada"));
        return new Claim(1, request, "here", 0, 1, 0, null, permit, Set.of());
    }
}
