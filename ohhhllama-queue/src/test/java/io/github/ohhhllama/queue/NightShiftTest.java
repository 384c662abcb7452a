package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.History;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OutdatedModel;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Preview;
import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ShiftSummary;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.testing.Answer;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.FakeRegistry;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SettableClock;
import io.github.ohhhllama.testing.SteppedPacing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Follows entries through nights that begin and end, on a real database, before a fake Ollama and a fake registry. */
final class NightShiftTest {

    private static final long MEGABYTE = 1_000_000;
    private static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");
    private static final Instant EVENING = Instant.parse("2026-11-23T21:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-11-24T05:00:00Z");
    private static final Instant NEXT_EVENING = Instant.parse("2026-11-24T21:00:00Z");
    private static final FakeModel LLAMA = FakeModel.of("llama3:8b", 3 * MEGABYTE, 1000);
    private static final FakeModel MISTRAL = FakeModel.of("mistral", 2 * MEGABYTE);

    private final SettableClock clock = SettableClock.at(NOON.toString());
    private final SteppedPacing pacing = Pacing.stepped(MEGABYTE / 2);
    private final FakeRegistry registry = new FakeRegistry().offer(LLAMA).offer(MISTRAL);
    private final List<ShiftSummary> summaries = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    private FakeOllama ollama;
    private Ohhhllama ohhhllama;

    @BeforeEach
    void startOllama() {
        ollama = FakeOllama.start().offer(LLAMA).offer(MISTRAL).pace(pacing);
        ohhhllama = builder().build();
    }

    @AfterEach
    void stopOllama() {
        ohhhllama.close();
        ollama.close();
    }

    @Test
    void pausesWhenTheWindowClosesAndGoesOnInTheNext() {
        start();
        QueueEntry entry = enqueue("llama3:8b");

        clock.set(EVENING);
        awaitState(entry, EntryState.DOWNLOADING);
        pacing.step(3);
        await().until(() -> ollama.downloaded("llama3:8b") == 3 * MEGABYTE / 2);
        await().until(() -> find(entry).size().orElseThrow().missing() < 2 * MEGABYTE);
        clock.set(MORNING);

        awaitState(entry, EntryState.PENDING);
        assertThat(find(entry).attempts().made()).isZero();
        assertThat(find(entry).downloaded()).isPresent();
        assertThat(last(entry).kind()).isEqualTo(Kind.PAUSED);
        assertThat(last(entry).words()).isEqualTo("paused: window closed, resumes 22:00");
        assertThat(forecast(entry).whyWaiting()).contains("paused: window closed, resumes 22:00");
        await().until(() -> ollama.pullsRunning() == 0);
        await().until(() -> !queue().schedule().isRunning());

        clock.set(NEXT_EVENING);
        pacing.finish();
        awaitState(entry, EntryState.COMPLETED);
        assertThat(ollama.pulls()).containsExactly("llama3:8b", "llama3:8b");
        await().untilAsserted(() -> assertThat(fetches())
                .extracting(Fetch::outcome)
                .containsExactly(Fetch.Outcome.COMPLETED, Fetch.Outcome.PAUSED));
        assertThat(fetches().get(1).windowOpened()).isEqualTo(EVENING);
    }

    @Test
    void sumsTheNightUpWhenItIsOver() {
        pacing.finish();
        start();
        enqueue("mistral");

        clock.set(EVENING);
        await().until(() -> ollama.installed().contains("mistral:latest"));
        await().until(() -> fetches().size() == 1);
        clock.set(MORNING);

        await().until(() -> !summaries.isEmpty());
        ShiftSummary night = summaries.get(0);
        assertThat(night.completed()).isEqualTo(1);
        assertThat(night.failures()).isEmpty();
        assertThat(night.window().closes()).isEqualTo(MORNING);
    }

    @Test
    void downloadsNothingByDayWhateverComes() {
        pacing.finish();
        start();
        QueueEntry entry = enqueue("mistral");
        for (int hour = 6; hour < 22; hour++) {
            clock.set(Instant.parse(String.format(Locale.ROOT, "2026-11-24T%02d:00:00Z", hour - 1)));
            assertThat(forecast(entry).whyWaiting()).contains("waits for the window, opens 22:00");
        }
        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void letsOneEntryLeaveTheWindowAndNoOtherFollow() {
        pacing.finish();
        start();
        QueueEntry other = enqueue("llama3:8b");
        QueueEntry urgent = enqueue("mistral");

        assertThat(queue().runNow(urgent.id())).isPresent();

        awaitState(urgent, EntryState.COMPLETED);
        assertThat(find(other).state()).isEqualTo(EntryState.PENDING);
        assertThat(ollama.pulls()).containsExactly("mistral");
    }

    @Test
    void runsUntilTheMomentThatWasAskedFor() {
        start();
        QueueEntry entry = enqueue("llama3:8b");

        assertThat(queue().process(NOON.plusSeconds(3600))).isEqualTo(ProcessResult.STARTED);
        awaitState(entry, EntryState.DOWNLOADING);
        assertThat(queue().schedule().endsAt()).isEqualTo(NOON.plusSeconds(3600));
        clock.set(NOON.plusSeconds(3600));

        awaitState(entry, EntryState.PENDING);
        await().until(() -> !queue().schedule().isRunning());
    }

    @Test
    void makesAnOpenWindowLongerWithoutAnEndOfTheNight() {
        start();
        QueueEntry entry = enqueue("mistral");
        clock.set(EVENING);
        awaitState(entry, EntryState.DOWNLOADING);
        clock.set(EVENING.plusSeconds(3600));

        Instant end = MORNING.plusSeconds(3600);
        assertThat(queue().process(end)).isEqualTo(ProcessResult.ALREADY_RUNNING);
        assertThat(queue().schedule().endsAt()).isEqualTo(end);
        clock.set(end.minusSeconds(1));
        pacing.finish();
        awaitState(entry, EntryState.COMPLETED);
        await().until(() -> !summaries.isEmpty());

        assertThat(summaries)
                .extracting(ShiftSummary::window)
                .containsExactly(new Window(EVENING, end.minusSeconds(1)));
        assertThat(summaries).extracting(ShiftSummary::completed).containsExactly(1L);
    }

    @Test
    void leavesTheRestOfTheNightToTheScheduleWhateverAPersonBeganByDay() {
        start();
        QueueEntry entry = enqueue("mistral");
        assertThat(queue().process(MORNING)).isEqualTo(ProcessResult.STARTED);
        awaitState(entry, EntryState.DOWNLOADING);
        clock.set(EVENING.plusSeconds(3600));
        pacing.finish();
        awaitState(entry, EntryState.COMPLETED);

        await().until(() -> !summaries.isEmpty());
        assertThat(summaries.get(0).window().opens()).isEqualTo(NOON);
        await().until(() -> queue().schedule().isRunning());
        assertThat(queue().schedule().endsAt()).isEqualTo(MORNING);
    }

    @Test
    void keepsALongerWindowOpenForWhatIsStillToCome() {
        pacing.finish();
        start();
        QueueEntry early = enqueue("mistral");
        clock.set(EVENING);
        awaitState(early, EntryState.COMPLETED);
        Instant end = MORNING.plusSeconds(3600);
        assertThat(queue().process(end)).isEqualTo(ProcessResult.ALREADY_RUNNING);

        clock.set(MORNING.minusSeconds(3600));
        QueueEntry late = enqueue("llama3:8b");
        awaitState(late, EntryState.COMPLETED);
        assertThat(queue().schedule().endsAt()).isEqualTo(end);
        assertThat(queue().process(MORNING.minusSeconds(1800))).isEqualTo(ProcessResult.ALREADY_RUNNING);
        assertThat(queue().schedule().endsAt()).isEqualTo(MORNING);
        assertThat(summaries).isEmpty();

        clock.set(MORNING);
        await().until(() -> !summaries.isEmpty());
        assertThat(summaries).extracting(ShiftSummary::completed).containsExactly(2L);
    }

    @Test
    void pausesByHandAndGoesOnWhenThatIsLifted() {
        start();
        QueueEntry entry = enqueue("llama3:8b");
        clock.set(EVENING);
        awaitState(entry, EntryState.DOWNLOADING);

        queue().pause(null);

        awaitState(entry, EntryState.PENDING);
        assertThat(last(entry).words()).isEqualTo("paused by hand");
        assertThat(forecast(entry).whyWaiting()).contains("paused by hand");
        assertThat(queue().schedule().paused()).isPresent();
        assertThat(queue().runNow(entry.id())).isPresent();
        assertThat(queue().resume()).isTrue();
        assertThat(queue().resume()).isFalse();
        pacing.finish();
        awaitState(entry, EntryState.COMPLETED);
    }

    @Test
    void tellsAnEntryInOtherHandsFromOneThatWasRemoved() throws SQLException {
        start();
        QueueEntry renamed = enqueue("llama3:8b");
        clock.set(EVENING);
        awaitState(renamed, EntryState.DOWNLOADING);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("queue.db"));
                Statement statement = connection.createStatement()) {
            statement.execute("update queue set model = 'mistral'");
        }
        await().until(() -> fetches().size() == 1);
        assertThat(fetches().get(0).outcome()).isEqualTo(Fetch.Outcome.PAUSED);
        assertThat(fetches().get(0).words()).isEqualTo("it is in other hands now");

        awaitState(renamed, EntryState.DOWNLOADING);
        queue().remove(renamed.id());
        await().until(() -> fetches().size() == 2);
        assertThat(fetches()).extracting(Fetch::outcome).contains(Fetch.Outcome.REMOVED);
    }

    @Test
    void endsAPauseByItself() {
        pacing.finish();
        start();
        QueueEntry entry = enqueue("mistral");
        queue().pause(EVENING.plusSeconds(3600));

        clock.set(EVENING);
        assertThat(forecast(entry).whyWaiting()).contains("paused by hand until 23:00");
        clock.set(EVENING.plusSeconds(3600));

        awaitState(entry, EntryState.COMPLETED);
    }

    @Test
    void knowsTheSizeOfAModelBeforeItIsFetched() {
        EnqueueResult result = queue().enqueue(pull("llama3:8b"));

        QueueEntry entry = ((EnqueueResult.Queued) result).entry();
        assertThat(entry.size().orElseThrow().size()).isEqualTo(LLAMA.size());
        assertThat(entry.size().orElseThrow().missing()).isEqualTo(LLAMA.size());
    }

    @Test
    void refusesByDayWhatTheRegistryDoesNotHave() {
        registry.answer(
                "nosuch",
                new RegistryAnswer.Refused(PullFailure.UNKNOWN_MODEL, "pull model manifest: file does not exist"));

        EnqueueResult result = queue().enqueue(pull("nosuch"));

        assertThat(result).isInstanceOfSatisfying(EnqueueResult.NotOffered.class, refusal -> {
            assertThat(refusal.failure()).isEqualTo(PullFailure.UNKNOWN_MODEL);
            assertThat(refusal.words()).isEqualTo("pull model manifest: file does not exist");
            assertThat(refusal.rate().remaining()).isEqualTo(5);
        });
        assertThat(queue().snapshot(Page.FIRST).queue()).isEmpty();
    }

    @Test
    void queuesAModelAllTheSameWhenItsRegistryIsSilent() {
        registry.answer("mistral", new RegistryAnswer.Unreachable("it is down"));

        QueueEntry entry = enqueue("mistral");

        assertThat(entry.size()).isEmpty();
        assertThat(forecast(entry).tonight()).isEqualTo(Forecast.Tonight.UNKNOWN);
    }

    @Test
    void queuesNothingThatIsHereInItsNewestVersion() {
        ollama.install(MISTRAL);

        assertThat(queue().enqueue(pull("mistral")))
                .isInstanceOfSatisfying(
                        EnqueueResult.UpToDate.class,
                        current -> assertThat(current.installed().digest()).isEqualTo(MISTRAL.digest()));
    }

    @Test
    void queuesTheNewVersionOfWhatIsHere() {
        ollama.install(MISTRAL);
        registry.offer(MISTRAL.updated());

        assertThat(queue().enqueue(pull("mistral"))).isInstanceOf(EnqueueResult.Queued.class);
    }

    @Test
    void refusesWhatTheDiskHasNoRoomFor() {
        ohhhllama.close();
        ohhhllama = builder().modelFolder(directory).minFree("99.999%").build();

        assertThat(queue().enqueue(pull("llama3:8b"))).isInstanceOfSatisfying(EnqueueResult.NoRoom.class, full -> {
            assertThat(full.shortage().needed()).isEqualTo(LLAMA.size());
            assertThat(full.rate().remaining()).isEqualTo(5);
        });
        assertThat(queue().disk().kept()).isPositive();
    }

    @Test
    void tellsWhatWouldBecomeOfARequestWithoutQueueingIt() {
        enqueue("llama3:8b");

        Preview preview = queue().preview(pull("mistral"));

        assertThat(preview.outcome()).isInstanceOfSatisfying(EnqueueResult.Queued.class, queued -> {
            assertThat(queued.entry().standing().orElseThrow().position()).isEqualTo(2);
            assertThat(queued.rate().remaining()).isEqualTo(4);
        });
        assertThat(preview.size().orElseThrow().missingBytes()).isEqualTo(MISTRAL.size());
        assertThat(preview.foreseen().orElseThrow().whyWaiting()).contains("waits for the window, opens 22:00");
        assertThat(queue().findActive(ModelName.parse("mistral"))).isEmpty();
        assertThat(queue().preview(pull("llama3:8b")).outcome()).isInstanceOf(EnqueueResult.AlreadyQueued.class);
    }

    @Test
    void foreseesTheNightAfterItMeasuredTheLine() {
        start();
        QueueEntry first = enqueue("mistral");
        clock.set(EVENING);
        awaitState(first, EntryState.DOWNLOADING);
        pacing.step(3);
        await().until(() -> find(first).size().orElseThrow().missing() == MEGABYTE / 2);
        await().until(() -> {
            clock.advance(Duration.ofSeconds(1));
            return queue().plan().bytesPerSecond() != null;
        });
        pacing.finish();
        awaitState(first, EntryState.COMPLETED);
        clock.set(MORNING);
        await().until(() -> !queue().schedule().isRunning());

        QueueEntry next = enqueue("llama3:8b");
        Plan plan = queue().plan();

        assertThat(plan.nights()).isNotEmpty();
        assertThat(plan.nights().get(0).window().opens()).isEqualTo(NEXT_EVENING);
        assertThat(plan.forecast(next.id()).orElseThrow().earliest()).isAfter(NEXT_EVENING);
    }

    @Test
    void queuesWhatChangedWhenTheWindowOpens() {
        ollama.install(LLAMA).install(MISTRAL);
        registry.offer(LLAMA.updated()).offer(MISTRAL.updated());
        ohhhllama.close();
        ohhhllama = builder()
                .refresh(Duration.ofDays(1), "*", "mistral")
                .random(() -> 0)
                .build();
        start();

        clock.set(EVENING);

        await().until(() -> queue().findActive(LLAMA.name()).isPresent());
        QueueEntry refresh = queue().findActive(LLAMA.name()).orElseThrow();
        assertThat(refresh.request().refresh()).isTrue();
        assertThat(refresh.request().priority().word()).isEqualTo("low");
        assertThat(queue().outdated())
                .extracting(model -> model.installed().name().display(), OutdatedModel::pinned)
                .containsExactlyInAnyOrder(tuple("llama3:8b", false), tuple("mistral:latest", true));
        assertThat(queue().findActive(MISTRAL.name())).isEmpty();
    }

    @Test
    void comparesInTheNextWindowIfOllamaCouldNotBeAskedInThisOne() {
        ollama.install(LLAMA);
        registry.offer(LLAMA.updated());
        ohhhllama.close();
        ohhhllama =
                builder().refresh(Duration.ofDays(7), "*", "").random(() -> 0).build();
        start();
        ollama.answer("/api/tags", Answer.error(503, "starting"));
        clock.set(EVENING);
        await().until(() ->
                ollama.requests().stream().anyMatch(request -> request.target().equals("/api/tags")));
        clock.set(MORNING);
        await().until(() -> !queue().schedule().isRunning());
        assertThat(queue().findActive(LLAMA.name())).isEmpty();

        clock.set(NEXT_EVENING);

        await().until(() -> queue().findActive(LLAMA.name()).isPresent());
    }

    @Test
    void queuesWhatIsWantedAndNotHereWhenTheWindowOpens() throws IOException {
        ollama.install(LLAMA);
        Path wanted = Files.writeString(
                directory.resolve("wanted"), "# for everybody\nllama3:8b\n\nmistral # the small one\nnot a name\n");
        ohhhllama.close();
        ohhhllama = builder().wanted(wanted).rateLimit(1).build();
        start();

        clock.set(EVENING);

        await().until(() -> queue().findActive(MISTRAL.name()).isPresent());
        assertThat(queue().findActive(LLAMA.name())).isEmpty();
        assertThat(queue().findActive(MISTRAL.name())
                        .orElseThrow()
                        .request()
                        .requester()
                        .name())
                .isEqualTo("wanted");
    }

    @Test
    void givesUpAfterTheNightsThatWereAllowed() {
        ohhhllama.close();
        ohhhllama = builder().maxNights(1).build();
        start();
        QueueEntry entry = enqueue("llama3:8b");

        clock.set(EVENING);
        awaitState(entry, EntryState.DOWNLOADING);
        clock.set(MORNING);

        awaitState(entry, EntryState.FAILED);
        assertThat(find(entry).attempts().lastError()).contains("not complete after 1 nights");
    }

    @Test
    void givesNothingUpBecauseSomebodyMadeAPause() {
        ohhhllama.close();
        ohhhllama = builder().maxNights(1).build();
        start();
        QueueEntry entry = enqueue("llama3:8b");
        clock.set(EVENING);
        awaitState(entry, EntryState.DOWNLOADING);

        queue().pause(null);
        awaitState(entry, EntryState.PENDING);
        queue().resume();

        awaitState(entry, EntryState.DOWNLOADING);
    }

    private Ohhhllama.Builder builder() {
        return Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(registry)
                .backend(ollama.uri())
                .zone(ZoneId.of("Europe/Berlin"))
                .windows("22:00-06:00")
                .listener(new QueueListener() {
                    @Override
                    public void shiftEnded(ShiftSummary summary) {
                        summaries.add(summary);
                    }
                })
                .clock(clock);
    }

    private void start() {
        ohhhllama.start();
    }

    private QueueService queue() {
        return ohhhllama.queue();
    }

    private static PullRequest pull(String model) {
        return PullRequest.of(ModelName.parse(model), Requester.named("me"));
    }

    private QueueEntry enqueue(String model) {
        return ((EnqueueResult.Queued) queue().enqueue(pull(model))).entry();
    }

    private QueueEntry find(QueueEntry entry) {
        return queue().find(entry.id()).orElseThrow();
    }

    private EntryEvent last(QueueEntry entry) {
        List<EntryEvent> story = queue().events(entry.id());
        return story.get(story.size() - 1);
    }

    private Forecast forecast(QueueEntry entry) {
        return queue().plan().forecast(entry.id()).orElseThrow();
    }

    private List<Fetch> fetches() {
        return queue().history(new History.Query(Instant.EPOCH, History.By.DAY, 100))
                .fetches();
    }

    private void awaitState(QueueEntry entry, EntryState state) {
        await("entry " + entry.id() + " to be " + state)
                .atMost(Duration.ofSeconds(30))
                .until(() -> find(entry).state() == state);
    }
}
