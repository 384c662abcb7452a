package io.github.ohhhllama.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Preview;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.Requester;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class InMemoryQueueServiceTest extends QueueServiceContract {

    private final InMemoryQueueService service = queue(5);

    @Override
    protected InMemoryQueueService queue(int limit) {
        return new InMemoryQueueService(new InMemoryRateLimiter(limit, clock), clock);
    }

    private long add(String model) {
        PullRequest request = PullRequest.of(ModelName.parse(model), Requester.named("ann"));
        return service.enqueue(request)
                .match(queued -> queued.entry().id(), already -> already.entry().id(), current -> 0L, refused -> 0L);
    }

    @Test
    void playsTheLifeOfAnEntryAsToldByTheTest() {
        long first = add("one");
        long second = add("two");
        service.process();
        service.download(second, new Download(new PullProgress("pulling 0123", "sha256:0123", 100, 50), 7));

        assertThat(service.snapshot(Page.FIRST).queue())
                .extracting(QueueEntry::id)
                .containsExactly(second, first);
        assertThat(service.find(second).orElseThrow().downloaded().orElseThrow().bytesPerSecond())
                .isEqualTo(7);
        assertThat(service.schedule().isRunning()).isTrue();

        service.complete(second);
        service.fail(first, "pull model manifest: file does not exist");
        service.rest();

        assertThat(service.schedule().isRunning()).isFalse();
        assertThat(service.snapshot(Page.FIRST).recent())
                .extracting(QueueEntry::state)
                .containsExactly(EntryState.COMPLETED, EntryState.FAILED);
        assertThat(service.find(first).orElseThrow().attempts().lastError())
                .contains("pull model manifest: file does not exist");
    }

    @Test
    void breaksAndHealsOnDemand() {
        service.breakStorage(
                new QueueStorageException(QueueStorageException.Reason.FULL, "the disk of queue.db is full", null));

        assertThatThrownBy(() -> add("one")).hasMessage("the disk of queue.db is full");
        assertThat(service.storage().trouble()).contains("the disk of queue.db is full");

        service.breakStorage(null);
        assertThat(add("one")).isPositive();
    }

    @Test
    void staysPausedUntilItIsResumedOrTheTimeHasCome() {
        service.pause(null);
        assertThat(service.schedule().paused()).map(Hold::cause).contains(Hold.Cause.MANUAL);
        assertThat(service.resume()).isTrue();
        assertThat(service.resume()).isFalse();

        service.pause(clock.instant().plusSeconds(60));
        assertThat(service.schedule().paused())
                .flatMap(Hold::lifted)
                .contains(clock.instant().plusSeconds(60));
        clock.advance(Duration.ofSeconds(60));
        assertThat(service.schedule().paused()).isEmpty();
        assertThat(service.resume()).isFalse();
    }

    @Test
    void endsARunWhenItIsTold() {
        add("one");
        Instant end = clock.instant().plusSeconds(60);

        service.process(end);
        assertThat(service.schedule().endsAt()).isEqualTo(end);
        service.process(end.plusSeconds(1));
        assertThat(service.schedule().endsAt()).isEqualTo(end.plusSeconds(1));
    }

    @Test
    void previewsWhatARequestWouldBring() {
        PullRequest request = PullRequest.of(ModelName.parse("one"), Requester.named("ann"));

        Preview preview = service.preview(request);
        assertThat(preview.outcome()).isInstanceOf(EnqueueResult.Queued.class);
        assertThat(service.snapshot(Page.FIRST).queue()).isEmpty();
        assertThat(service.rate(request.requester()).remaining()).isEqualTo(5);

        long id = add("one");
        assertThat(service.preview(request).outcome()).isInstanceOf(EnqueueResult.AlreadyQueued.class);
        assertThat(service.plan().forecast(id).orElseThrow().whyWaiting()).contains("stands at 1");
    }

    @Test
    void retriesWhatWasGivenUp() {
        long id = add("one");
        service.fail(id, "no");

        assertThat(service.retry(id)).map(QueueEntry::state).contains(EntryState.PENDING);
        assertThat(service.events(id))
                .extracting(EntryEvent::kind)
                .containsExactly(EntryEvent.Kind.QUEUED, EntryEvent.Kind.FAILED, EntryEvent.Kind.RETRIED);

        service.fail(id, "no");
        add("one");
        assertThat(service.retry(id)).isEmpty();
    }
}
