package io.github.ohhhllama.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryFilter;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.ProcessResult;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.Spot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * States what every {@link QueueService} does while nothing is being downloaded; subclass it and hand in yours. Not
 * thread-safe, like any test; it calls yours from several threads at once.
 *
 * @since 0.1.0
 */
public abstract class QueueServiceContract {

    private static final Requester ANN = Requester.named("ann");
    private static final Requester BOB = Requester.named("bob");

    /** The clock every queue of this test runs by. */
    protected final SettableClock clock = SettableClock.at("2026-06-01T10:00:00Z");

    /**
     * Creates an empty queue that rests and runs by {@link #clock}.
     *
     * @param limit how many new models a requester may queue a day, 0 for any number
     */
    protected abstract QueueService queue(int limit);

    private static PullRequest request(String model) {
        return PullRequest.of(ModelName.parse(model), ANN);
    }

    private static PullRequest request(String model, Requester requester, Priority priority) {
        return new PullRequest(ModelName.parse(model), requester, false, false, priority);
    }

    private static List<String> order(QueueService queue) {
        return queue.snapshot(Page.FIRST).queue().stream()
                .map(entry -> entry.model().spelling())
                .toList();
    }

    private static Optional<QueueEntry> move(QueueService queue, String model, Spot spot) {
        return queue.move(queue.findActive(ModelName.parse(model)).orElseThrow().id(), spot);
    }

    private static Spot before(QueueService queue, String model) {
        return new Spot.Before(
                queue.findActive(ModelName.parse(model)).orElseThrow().id());
    }

    private static QueueEntry queued(EnqueueResult result) {
        return result.match(
                EnqueueResult.Queued::entry,
                already -> {
                    throw new AssertionError("expected a new entry, was " + already);
                },
                current -> {
                    throw new AssertionError("expected a new entry, was " + current);
                },
                refused -> {
                    throw new AssertionError("expected a new entry, was " + refused);
                });
    }

    @Test
    void queuesModelsInTheOrderOfTheirRequests() {
        QueueService queue = queue(5);
        QueueEntry first = queued(queue.enqueue(request("llama3")));
        clock.advance(Duration.ofSeconds(1));
        QueueEntry second = queued(queue.enqueue(request("qwen3:8b")));

        assertThat(first.state()).isEqualTo(EntryState.PENDING);
        assertThat(first.createdAt()).isEqualTo("2026-06-01T10:00:00Z");
        assertThat(first.attempts()).isEqualTo(Attempts.NONE);
        assertThat(first.standing().orElseThrow().position()).isEqualTo(1);
        assertThat(second.standing().orElseThrow().position()).isEqualTo(2);
        assertThat(second.id()).isGreaterThan(first.id());
        assertThat(second.standing().orElseThrow().startsAt())
                .isEqualTo(queue.schedule().nextStart());
    }

    @Test
    void keepsWhatWasAsked() {
        QueueService queue = queue(5);
        PullRequest asked = new PullRequest(ModelName.parse("HF.co/Some/Model:Q4"), BOB, true, false);
        QueueEntry entry = queue.find(queued(queue.enqueue(asked)).id()).orElseThrow();

        assertThat(entry.request()).isEqualTo(asked);
        assertThat(entry.model().spelling()).isEqualTo("HF.co/Some/Model:Q4");
    }

    @Test
    void anotherSpellingIsTheSameModelAndCostsNothing() {
        QueueService queue = queue(5);
        QueueEntry entry = queued(queue.enqueue(request("llama3")));

        for (String spelling :
                List.of("llama3:latest", "LLAMA3", "library/llama3", "registry.ollama.ai/library/llama3")) {
            EnqueueResult again = queue.enqueue(PullRequest.of(ModelName.parse(spelling), ANN));
            assertThat(again).isInstanceOf(EnqueueResult.AlreadyQueued.class);
            assertThat(((EnqueueResult.AlreadyQueued) again).entry().id()).isEqualTo(entry.id());
            assertThat(again.rate().remaining()).isEqualTo(4);
            assertThat(queue.findActive(ModelName.parse(spelling)).orElseThrow().id())
                    .isEqualTo(entry.id());
        }
        assertThat(queue.snapshot(Page.FIRST).queue()).hasSize(1);
    }

    @Test
    void anotherTagIsAnotherModel() {
        QueueService queue = queue(5);
        queued(queue.enqueue(request("llama3")));
        queued(queue.enqueue(request("llama3:8b")));

        assertThat(queue.snapshot(Page.FIRST).counts()).isEqualTo(new QueueCounts(2, 0, 0, 0));
    }

    @Test
    void theLimitStoresNothing() {
        QueueService queue = queue(1);
        queued(queue.enqueue(request("one")));
        EnqueueResult refused = queue.enqueue(request("two"));

        assertThat(refused).isInstanceOf(EnqueueResult.RateLimited.class);
        assertThat(refused.rate().allowed()).isFalse();
        assertThat(refused.rate().resetsAt()).isAfter(clock.instant());
        assertThat(queue.findActive(ModelName.parse("two"))).isEmpty();
        queued(queue.enqueue(PullRequest.of(ModelName.parse("two"), BOB)));
    }

    @Test
    void aRefreshCostsNothing() {
        QueueService queue = queue(1);
        queued(queue.enqueue(request("one")));
        EnqueueResult refresh = queue.enqueue(new PullRequest(ModelName.parse("here"), ANN, false, true));

        assertThat(queued(refresh).request().refresh()).isTrue();
        assertThat(queue.rate(ANN).remaining()).isZero();
    }

    @Test
    void removalRefundsNothingAndNoNumberComesBack() {
        QueueService queue = queue(2);
        QueueEntry gone = queued(queue.enqueue(request("llama3")));

        assertThat(queue.remove(ModelName.parse("LLAMA3:latest")).orElseThrow().id())
                .isEqualTo(gone.id());
        assertThat(queue.find(gone.id())).isEmpty();
        assertThat(queue.remove(ModelName.parse("llama3"))).isEmpty();
        assertThat(queue.rate(ANN).remaining()).isEqualTo(1);
        assertThat(queued(queue.enqueue(request("llama3"))).id()).isGreaterThan(gone.id());
        assertThat(queue.rate(ANN).allowed()).isFalse();
    }

    @Test
    void removesByNumberAndClosesTheGap() {
        QueueService queue = queue(5);
        QueueEntry first = queued(queue.enqueue(request("one")));
        QueueEntry second = queued(queue.enqueue(request("two")));

        assertThat(queue.remove(first.id()).orElseThrow().model()).isEqualTo(first.model());
        assertThat(queue.remove(first.id())).isEmpty();
        assertThat(queue.remove(12345)).isEmpty();
        assertThat(queue.find(second.id())
                        .orElseThrow()
                        .standing()
                        .orElseThrow()
                        .position())
                .isEqualTo(1);
    }

    @Test
    void showsPages() {
        QueueService queue = queue(0);
        for (int i = 0; i < 5; i++) {
            queued(queue.enqueue(request("m" + i)));
        }
        QueueSnapshot page = queue.snapshot(new Page(2, 2));

        assertThat(page.counts()).isEqualTo(new QueueCounts(5, 0, 0, 0));
        assertThat(page.queue()).extracting(entry -> entry.model().spelling()).containsExactly("m2", "m3");
        assertThat(page.queue())
                .extracting(entry -> entry.standing().orElseThrow().position())
                .containsExactly(3, 4);
        assertThat(page.recent()).isEmpty();
        assertThat(queue.snapshot(new Page(2, 5)).queue()).isEmpty();
    }

    @Test
    void listsTheNewestFirst() {
        QueueService queue = queue(0);
        for (int i = 0; i < 5; i++) {
            queued(queue.enqueue(request("m" + i)));
        }

        assertThat(queue.list(EntryFilter.ALL, new Page(2, 1)))
                .extracting(entry -> entry.model().spelling())
                .containsExactly("m3", "m2");
        assertThat(queue.list(EntryFilter.ALL, Page.FIRST)).hasSize(5).allMatch(entry -> entry.place() == null);
        assertThat(queue.list(EntryFilter.ALL, new Page(2, 5))).isEmpty();
    }

    @Test
    void listsWhatAFilterSelects() {
        QueueService queue = queue(0);
        queued(queue.enqueue(request("llama3")));
        queued(queue.enqueue(request("qwen3", BOB, Priority.HIGH)));
        queued(queue.enqueue(request("phi3", BOB, Priority.LOW)));
        EntryFilter bobs = EntryFilter.ALL.by(BOB.name());

        assertThat(listed(queue, bobs)).containsExactly("phi3", "qwen3");
        assertThat(listed(queue, bobs.in(EntryState.PENDING))).containsExactly("phi3", "qwen3");
        assertThat(listed(queue, bobs.in(EntryState.FAILED))).isEmpty();
        assertThat(listed(queue, EntryFilter.ALL.of(ModelName.parse("LIBRARY/Llama3"))))
                .containsExactly("llama3");
        assertThat(listed(queue, bobs.of(ModelName.parse("llama3")))).isEmpty();
        assertThat(listed(queue, EntryFilter.ALL.in(EntryState.PENDING))).containsExactly("phi3", "qwen3", "llama3");
        assertThat(listed(queue, EntryFilter.ALL.by("nobody"))).isEmpty();
    }

    private static List<String> listed(QueueService queue, EntryFilter filter) {
        return queue.list(filter, Page.FIRST).stream()
                .map(entry -> entry.model().spelling())
                .toList();
    }

    @Test
    void oneOfManyParallelRequestsForAModelQueuesIt() throws Exception {
        QueueService queue = queue(5);
        List<EnqueueResult> results = inParallel(20, () -> queue.enqueue(request("llama3")));

        assertThat(results).filteredOn(EnqueueResult.Queued.class::isInstance).hasSize(1);
        assertThat(results)
                .filteredOn(EnqueueResult.AlreadyQueued.class::isInstance)
                .hasSize(19);
        assertThat(queue.rate(ANN).remaining()).isEqualTo(4);
    }

    @Test
    void parallelRequestsNeverExceedTheLimit() throws Exception {
        QueueService queue = queue(5);
        AtomicInteger number = new AtomicInteger();
        List<EnqueueResult> results = inParallel(20, () -> queue.enqueue(request("model" + number.incrementAndGet())));

        assertThat(results).filteredOn(EnqueueResult.Queued.class::isInstance).hasSize(5);
        assertThat(queue.snapshot(Page.FIRST).counts().pending()).isEqualTo(5);
    }

    @Test
    void theMoreUrgentComeFirst() {
        QueueService queue = queue(0);
        queued(queue.enqueue(request("low", ANN, Priority.LOW)));
        queued(queue.enqueue(request("usual", ANN, Priority.NORMAL)));
        QueueEntry high = queued(queue.enqueue(request("high", ANN, Priority.HIGH)));

        assertThat(high.standing().orElseThrow().position()).isEqualTo(1);
        assertThat(order(queue)).containsExactly("high", "usual", "low");
        assertThat(queue.find(high.id()))
                .map(entry -> entry.request().priority())
                .contains(Priority.HIGH);
    }

    @Test
    void requestersShareFairly() {
        QueueService queue = queue(0);
        for (String model : List.of("a1", "a2", "a3")) {
            queued(queue.enqueue(request(model, ANN, Priority.NORMAL)));
        }
        QueueEntry second = queued(queue.enqueue(request("b1", BOB, Priority.NORMAL)));
        queued(queue.enqueue(request("b2", BOB, Priority.NORMAL)));
        queued(queue.enqueue(request("b3", BOB, Priority.LOW)));

        assertThat(second.standing().orElseThrow().position()).isEqualTo(2);
        assertThat(order(queue)).containsExactly("a1", "b1", "a2", "b2", "a3", "b3");
    }

    @Test
    void aRefreshThatIsAskedForIsAsUrgentAsItsRequest() {
        QueueService queue = queue(0);
        queued(queue.enqueue(new PullRequest(ModelName.parse("here"), BOB, false, true)));
        queued(queue.enqueue(request("low", ANN, Priority.LOW)));
        queue.enqueue(request("here", ANN, Priority.HIGH));

        assertThat(order(queue)).containsExactly("here", "low");
        assertThat(queue.findActive(ModelName.parse("here")).orElseThrow().request())
                .matches(request -> !request.refresh() && request.priority() == Priority.HIGH);
    }

    @Test
    void movesWhereItIsTold() {
        QueueService queue = queue(0);
        for (String model : List.of("one", "two", "three", "four")) {
            queued(queue.enqueue(request(model)));
        }
        QueueEntry moved = move(queue, "four", new Spot.First()).orElseThrow();
        assertThat(moved.standing().orElseThrow().position()).isEqualTo(1);
        assertThat(order(queue)).containsExactly("four", "one", "two", "three");

        move(queue, "three", before(queue, "two"));
        assertThat(order(queue)).containsExactly("four", "one", "three", "two");
        move(queue, "two", before(queue, "four"));
        move(queue, "one", new Spot.First());
        assertThat(order(queue)).containsExactly("one", "two", "four", "three");

        move(queue, "one", new Spot.Among(Priority.LOW));
        move(queue, "four", new Spot.Among(Priority.NORMAL));
        queued(queue.enqueue(request("five")));
        assertThat(order(queue)).containsExactly("two", "three", "four", "five", "one");
        assertThat(queue.findActive(ModelName.parse("one"))
                        .orElseThrow()
                        .request()
                        .priority())
                .isEqualTo(Priority.LOW);
    }

    @Test
    void movesNothingThatDoesNotWait() {
        QueueService queue = queue(5);
        QueueEntry entry = queued(queue.enqueue(request("one")));

        assertThat(queue.move(12345, new Spot.First())).isEmpty();
        assertThat(queue.move(entry.id(), new Spot.Before(12345))).isEmpty();
        assertThat(queue.move(entry.id(), new Spot.Before(entry.id()))).isPresent();
    }

    @Test
    void tellsTheStoryOfAnEntry() {
        QueueService queue = queue(5);
        QueueEntry entry = queued(queue.enqueue(request("one")));
        Instant asked = clock.instant();
        clock.advance(Duration.ofSeconds(1));
        queue.move(entry.id(), new Spot.First());
        queue.move(entry.id(), new Spot.Among(Priority.LOW));
        queue.retry(entry.id());

        assertThat(queue.events(entry.id()))
                .containsExactly(
                        new EntryEvent(entry.id(), asked, EntryEvent.Kind.QUEUED, ""),
                        new EntryEvent(entry.id(), clock.instant(), EntryEvent.Kind.MOVED, "first"),
                        new EntryEvent(entry.id(), clock.instant(), EntryEvent.Kind.MOVED, "low"));
        assertThat(queue.events(12345)).isEmpty();
        queue.remove(entry.id());
        assertThat(queue.events(entry.id())).isEmpty();
    }

    @Test
    void letsOneEntryRunByItself() {
        QueueService queue = queue(5);
        QueueEntry entry = queued(queue.enqueue(request("one")));

        assertThat(queue.runNow(entry.id())).map(QueueEntry::id).contains(entry.id());
        assertThat(queue.runNow(12345)).isEmpty();
        assertThat(queue.events(entry.id()))
                .extracting(EntryEvent::kind)
                .startsWith(EntryEvent.Kind.QUEUED, EntryEvent.Kind.PERMITTED);
    }

    @Test
    void retriesWhatWaitsAndNothingThatIsNotThere() {
        QueueService queue = queue(5);
        QueueEntry entry = queued(queue.enqueue(request("one")));

        assertThat(queue.retry(entry.id())).map(QueueEntry::id).contains(entry.id());
        assertThat(queue.retry(12345)).isEmpty();
    }

    @Test
    void hasNothingToProcessWhenEmpty() {
        QueueService queue = queue(5);

        assertThat(queue.process()).isEqualTo(ProcessResult.NOTHING_WAITING);
        assertThat(queue.schedule().isRunning()).isFalse();
    }

    @Test
    void startsWhenSomethingWaits() {
        QueueService queue = queue(5);
        queued(queue.enqueue(request("llama3")));

        assertThat(queue.process()).isEqualTo(ProcessResult.STARTED);
    }

    @Test
    void tellsThatItsStorageWorks() {
        assertThat(queue(5).storage().trouble()).isEmpty();
    }

    private static List<EnqueueResult> inParallel(int count, Callable<EnqueueResult> call) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<EnqueueResult> results = new ArrayList<>();
            for (Future<EnqueueResult> result : callers.invokeAll(Collections.nCopies(count, call))) {
                results.add(result.get());
            }
            return results;
        } finally {
            callers.shutdownNow();
        }
    }
}
