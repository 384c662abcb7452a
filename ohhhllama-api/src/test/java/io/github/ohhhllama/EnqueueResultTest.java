package io.github.ohhhllama;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EnqueueResultTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final RateDecision RATE = new RateDecision(true, 5, 4, NOW);
    private static final QueueEntry ENTRY = new QueueEntry(
            7,
            PullRequest.of(ModelName.parse("llama3"), Requester.named("someone")),
            EntryState.PENDING,
            NOW,
            NOW,
            Attempts.NONE,
            new Place(1, NOW),
            null);

    @Test
    void handsANewEntryToTheFirstFunction() {
        assertThat(answer(new EnqueueResult.Queued(ENTRY, RATE))).isEqualTo("queued 7");
    }

    @Test
    void handsAnOldEntryToTheSecondFunction() {
        assertThat(answer(new EnqueueResult.AlreadyQueued(ENTRY, RATE))).isEqualTo("already queued 7");
    }

    @Test
    void handsAModelThatIsHereToTheThirdFunction() {
        InstalledModel installed = new InstalledModel(ModelName.parse("llama3"), "4093", 1);
        assertThat(answer(new EnqueueResult.UpToDate(installed, RATE))).isEqualTo("up to date 4093");
    }

    @Test
    void handsEveryRefusalToTheFourthFunction() {
        List<EnqueueResult> refusals = List.of(
                new EnqueueResult.RateLimited(RATE),
                new EnqueueResult.NoRoom(new Shortage(3, 2, 1, 5), RATE),
                new EnqueueResult.NotOffered(PullFailure.UNKNOWN_MODEL, "file does not exist", RATE));
        assertThat(refusals).allSatisfy(refusal -> assertThat(answer(refusal)).isEqualTo("refused: " + refusal));
    }

    @Test
    void alwaysTellsHowTheRequesterStands() {
        assertThat(new EnqueueResult.Queued(ENTRY, RATE).rate()).isEqualTo(RATE);
        assertThat(new EnqueueResult.AlreadyQueued(ENTRY, RATE).rate()).isEqualTo(RATE);
        assertThat(new EnqueueResult.RateLimited(RATE).rate()).isEqualTo(RATE);
    }

    private static String answer(EnqueueResult result) {
        return result.match(
                queued -> "queued " + queued.entry().id(),
                already -> "already queued " + already.entry().id(),
                current -> "up to date " + current.installed().digest(),
                refused -> "refused: " + refused);
    }
}
