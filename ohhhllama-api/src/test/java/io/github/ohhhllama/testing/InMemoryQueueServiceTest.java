package io.github.ohhhllama.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.Requester;
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
                .match(queued -> queued.entry().id(), already -> already.entry().id(), limited -> 0L);
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
}
