package io.github.ohhhllama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks what the small values of this package accept and tell. */
final class ValuesTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final ModelName LLAMA3 = ModelName.parse("llama3");

    @ParameterizedTest
    @CsvSource({"1, 0", "1000, 0", "50, 2147483647"})
    void aPageHasBounds(int limit, int offset) {
        assertThat(new Page(limit, offset))
                .extracting(Page::limit, Page::offset)
                .containsExactly(limit, offset);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void aPageIsNeitherEmptyNorEndless(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Page(limit, 0))
                .withMessage("limit must be 1 to 1000, was " + limit);
    }

    @Test
    void aPageDoesNotStartBeforeTheFirstEntry() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Page(1, -1))
                .withMessage("offset must be 0 or more, was -1");
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1"})
    void aRateDecisionCountsNothingNegative(int limit, int remaining) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RateDecision(true, limit, remaining, NOW))
                .withMessage("limit and remaining must not be negative, were " + limit + " and " + remaining);
    }

    @Test
    void aRateDecisionWithoutALimitIsUnlimited() {
        assertThat(new RateDecision(true, 0, 0, NOW).isUnlimited()).isTrue();
        assertThat(new RateDecision(false, 5, 0, NOW).isUnlimited()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, -1"})
    void progressCountsNothingNegative(long total, long completed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PullProgress("pulling", null, total, completed))
                .withMessage("total and completed must not be negative, were " + total + " and " + completed);
    }

    @ParameterizedTest
    @CsvSource({
        "success, true, false",
        "verifying sha256 digest, false, true",
        "pulling manifest, false, false",
        "successful, false, false",
        "Success, false, false",
    })
    void progressKnowsItsEndAndItsSilence(String status, boolean success, boolean verifying) {
        PullProgress progress = PullProgress.of(status);

        assertThat(progress.isSuccess()).isEqualTo(success);
        assertThat(progress.isVerifying()).isEqualTo(verifying);
        assertThat(progress).isEqualTo(new PullProgress(status, null, 0, 0));
    }

    @Test
    void aDownloadHasNoNegativeRate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Download(PullProgress.of("success"), -1))
                .withMessage("bytesPerSecond must not be negative, was -1");
    }

    @Test
    void attemptsAreNotNegativeAndKnowTheLastError() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Attempts(-1, null, null))
                .withMessage("made must not be negative, was -1");
        assertThat(Attempts.NONE.lastError()).isEmpty();
        assertThat(new Attempts(1, NOW, "connection refused").lastError()).contains("connection refused");
    }

    @Test
    void aPlaceCountsFromOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Place(0, NOW))
                .withMessage("position must be at least 1, was 0");
        assertThat(new Place(1, NOW).position()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(EntryState.class)
    void onlyPendingAndDownloadingEntriesAreActive(EntryState state) {
        assertThat(state.isActive()).isEqualTo(state == EntryState.PENDING || state == EntryState.DOWNLOADING);
        assertThat(state.word()).isLowerCase();
    }

    @Test
    void anEntryTellsWhatItHas() {
        PullRequest request = PullRequest.of(LLAMA3, Requester.named("someone"));
        Place place = new Place(2, NOW);
        Download download = new Download(PullProgress.of("pulling manifest"), 0);
        QueueEntry bare = new QueueEntry(1, request, EntryState.FAILED, NOW, NOW, Attempts.NONE, null, null);
        QueueEntry full = new QueueEntry(2, request, EntryState.DOWNLOADING, NOW, NOW, Attempts.NONE, place, download);

        assertThat(bare.model()).isEqualTo(LLAMA3);
        assertThat(bare.standing()).isEmpty();
        assertThat(bare.downloaded()).isEmpty();
        assertThat(full.standing()).contains(place);
        assertThat(full.downloaded()).contains(download);
    }

    @Test
    void aRequestIsPlainUnlessItSaysOtherwise() {
        assertThat(PullRequest.of(LLAMA3, Requester.named("someone")))
                .isEqualTo(new PullRequest(LLAMA3, Requester.named("someone"), false, false));
    }

    @Test
    void aSnapshotDoesNotChange() {
        List<QueueEntry> entries = new ArrayList<>();
        QueueSnapshot snapshot = new QueueSnapshot(new QueueCounts(0, 0, 0, 0), entries, entries);
        entries.add(new QueueEntry(
                1,
                PullRequest.of(LLAMA3, Requester.named("someone")),
                EntryState.PENDING,
                NOW,
                NOW,
                Attempts.NONE,
                null,
                null));

        assertThat(snapshot.queue()).isEmpty();
        assertThat(snapshot.recent()).isEmpty();
    }

    @Test
    void aScheduleRunsOrRests() {
        assertThat(new ScheduleStatus("0 3 * * *", ZoneOffset.UTC, NOW, null).isRunning())
                .isFalse();
        assertThat(new ScheduleStatus("0 3 * * *", ZoneOffset.UTC, NOW, NOW).isRunning())
                .isTrue();
    }

    @Test
    void aStorageWorksUnlessItHasAProblem() {
        assertThat(new StorageStatus("queue.db", null).trouble()).isEmpty();
        assertThat(new StorageStatus("queue.db", "the disk is full").trouble()).contains("the disk is full");
    }

    @ParameterizedTest
    @CsvSource({
        "NETWORK, RETRY",
        "STALLED, RETRY",
        "NOT_LISTED, RETRY",
        "DIGEST_MISMATCH, RETRY_ONCE",
        "UNKNOWN_MODEL, GIVE_UP",
        "REFUSED, GIVE_UP",
        "UNSUPPORTED, GIVE_UP",
    })
    void everyFailureHasItsCure(PullFailure failure, PullFailure.Cure cure) {
        assertThat(failure.cure()).isEqualTo(cure);
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void nothingRequiredMayBeMissing() {
        assertThatNullPointerException().isThrownBy(() -> new RateDecision(true, 5, 4, null));
        assertThatNullPointerException().isThrownBy(() -> new InstalledModel(LLAMA3, null, 1));
        assertThatNullPointerException().isThrownBy(() -> new PullRequest(LLAMA3, null, false, false));
        assertThatNullPointerException().isThrownBy(() -> new ScheduleStatus("0 3 * * *", ZoneOffset.UTC, null, null));
    }
}
