package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ShiftSummary;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SettableClock;
import io.github.ohhhllama.testing.SteppedPacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes the rules of a queue that runs, on a real database, before a fake Ollama. */
final class ReconfigureTest {

    private static final long MEGABYTE = 1_000_000;
    private static final FakeModel LLAMA = FakeModel.of("llama3:8b", 3 * MEGABYTE, 1000);
    private static final Requester ADA = Requester.named("ada");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final SettableClock clock = SettableClock.at("2026-11-23T22:00:00Z");
    private final SteppedPacing pacing = Pacing.stepped(MEGABYTE / 2);
    private final List<ShiftSummary> summaries = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private FakeOllama ollama;
    private Ohhhllama ohhhllama;

    @BeforeEach
    void startOllama() {
        ollama = FakeOllama.start().offer(LLAMA).pace(pacing);
        ohhhllama = settings().build();
    }

    @AfterEach
    void stopOllama() {
        ohhhllama.close();
        ollama.close();
    }

    @Test
    void anEditThatClosesTheOpenWindowPausesTheDownload() {
        start(settings().windows("mon-sun 22:00-06:00"));
        QueueEntry entry = downloading();

        ohhhllama.reconfigure(settings().windows("mon-sun 01:00-06:00"));

        awaitState(entry, EntryState.PENDING);
        assertThat(last(entry)).isEqualTo("paused: window closed, resumes 01:00");
        await().until(() -> !ohhhllama.queue().schedule().isRunning());
        assertThat(ohhhllama.queue().schedule().expression()).isEqualTo("mon-sun 01:00-06:00");
        assertThat(ohhhllama.queue().schedule().nextStart()).isEqualTo("2026-11-24T00:00:00Z");
    }

    @Test
    void anEditThatOpensAWindowStartsTheShift() {
        start(settings().windows("mon-sun 01:00-06:00"));
        QueueEntry entry = enqueue();
        assertThat(ohhhllama.queue().schedule().isRunning()).isFalse();

        ohhhllama.reconfigure(settings().windows("mon-sun 22:00-06:00"));

        awaitState(entry, EntryState.DOWNLOADING);
        pacing.finish();
        awaitState(entry, EntryState.COMPLETED);
    }

    @Test
    void aBlackOutOfTodayClosesTheWindowToo() {
        start(settings().windows("mon-sun 22:00-06:00"));
        QueueEntry entry = downloading();

        ohhhllama.reconfigure(settings().windows("mon-sun 22:00-06:00").blackouts("2026-11-23"));

        awaitState(entry, EntryState.PENDING);
    }

    @Test
    void aWindowThatOnlyGetsLongerInterruptsNothing() {
        start(settings().windows("mon-sun 22:00-06:00"));
        QueueEntry entry = downloading();

        ohhhllama.reconfigure(settings().windows("mon-sun 22:00-07:00"));
        pacing.finish();

        awaitState(entry, EntryState.COMPLETED);
        assertThat(ollama.pulls()).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(ohhhllama.queue().schedule().endsAt()).isEqualTo("2026-11-24T06:00:00Z"));
        assertThat(summaries).isEmpty();
    }

    @Test
    void aWindowThatBecomesAScheduleWithoutAnEndIsOver() {
        start(settings().windows("mon-sun 22:00-06:00"));
        QueueEntry entry = downloading();

        ohhhllama.reconfigure(settings().schedule("0 3 * * *"));

        awaitState(entry, EntryState.PENDING);
        await().until(() -> !ohhhllama.queue().schedule().isRunning());

        clock.set(Instant.parse("2026-11-24T02:00:00Z"));
        pacing.finish();
        awaitState(entry, EntryState.COMPLETED);
    }

    @Test
    void aRunThatAPersonStartedOutlastsTheEdit() {
        start(settings().windows("mon-sun 01:00-06:00"));
        QueueEntry entry = enqueue();
        ohhhllama.queue().process(null);
        awaitState(entry, EntryState.DOWNLOADING);

        ohhhllama.reconfigure(settings().windows("mon-sun 02:00-06:00"));
        pacing.finish();

        awaitState(entry, EntryState.COMPLETED);
        assertThat(ollama.pulls()).hasSize(1);
    }

    @Test
    void theDailyLimitCountsWhatWasUsedBefore() {
        start(settings().rateLimit(1));
        enqueue();
        assertThat(ohhhllama.queue().rate(ADA).allowed()).isFalse();

        ohhhllama.reconfigure(settings().rateLimit(3));

        assertThat(ohhhllama.queue().rate(ADA).remaining()).isEqualTo(2);
    }

    @Test
    void aZoneCountsForHoursAndDays() {
        start(settings().schedule("0 3 * * *").rateLimit(1));

        ohhhllama.reconfigure(settings().schedule("0 3 * * *").rateLimit(1).zone(ZoneId.of("Asia/Tokyo")));

        assertThat(ohhhllama.queue().schedule().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThat(ohhhllama.queue().schedule().nextStart()).isEqualTo("2026-11-24T18:00:00Z");
        assertThat(ohhhllama.queue().rate(ADA).resetsAt()).isEqualTo("2026-11-24T15:00:00Z");
    }

    @Test
    void theRoomThatStaysFreeCountsAtOnce() {
        start(settings().minFree("1kB"));

        ohhhllama.reconfigure(settings().minFree("2kB"));

        assertThat(ohhhllama.queue().disk().kept()).isEqualTo(2000);
    }

    @Test
    void theListOfTheWantedIsThatOfTheNextWindow() throws IOException {
        Path wanted = Files.writeString(directory.resolve("wanted"), "llama3:8b\n");
        start(settings().windows("mon-sun 01:00-06:00"));

        ohhhllama.reconfigure(settings().windows("mon-sun 22:00-06:00").wanted(wanted));

        await().until(() ->
                ohhhllama.queue().findActive(ModelName.parse("llama3:8b")).isPresent());
    }

    @Test
    void whatIsWrongChangesNothing() {
        start(settings().windows("mon-sun 01:00-06:00").rateLimit(1));

        assertThatThrownBy(() -> ohhhllama.reconfigure(
                        settings().rateLimit(9).windows("mon-sun 22:00-06:00").blackouts("Christmas")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Christmas");

        assertThat(ohhhllama.queue().schedule().expression()).isEqualTo("mon-sun 01:00-06:00");
        assertThat(ohhhllama.queue().rate(ADA).limit()).isEqualTo(1);
    }

    @Test
    void aQueueThatIsClosedStaysClosed() {
        start(settings());
        ohhhllama.close();

        ohhhllama.reconfigure(settings().rateLimit(9));

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("ohhhllama-drain");
    }

    private void start(Ohhhllama.Builder settings) {
        ohhhllama.close();
        ohhhllama = settings.build();
        ohhhllama.start();
    }

    private Ohhhllama.Builder settings() {
        Ohhhllama.Builder builder = Ohhhllama.builder(directory.resolve("queue.db"))
                .backend(ollama.uri())
                .registry(Registry.NONE)
                .zone(BERLIN)
                .modelFolder(directory)
                .minFree("0")
                .clock(clock)
                .listener(new QueueListener() {
                    @Override
                    public void shiftEnded(ShiftSummary summary) {
                        summaries.add(summary);
                    }
                });
        builder.heartbeat = Duration.ofMillis(20);
        builder.look = Duration.ofMillis(20);
        return builder;
    }

    private QueueEntry downloading() {
        QueueEntry entry = enqueue();
        awaitState(entry, EntryState.DOWNLOADING);
        pacing.step(1);
        await().until(() -> ollama.downloaded("llama3:8b") > 0);
        return entry;
    }

    private QueueEntry enqueue() {
        EnqueueResult result = ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse("llama3:8b"), ADA));
        return ((EnqueueResult.Queued) result).entry();
    }

    private void awaitState(QueueEntry entry, EntryState state) {
        await().until(() -> ohhhllama.queue().find(entry.id()).orElseThrow().state() == state);
    }

    private String last(QueueEntry entry) {
        var events = ohhhllama.queue().events(entry.id());
        return events.get(events.size() - 1).words();
    }
}
