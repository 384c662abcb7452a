package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.internal.ollama.OkHttpOllamaClient;
import io.github.ohhhllama.queue.internal.registry.Footprints;
import io.github.ohhhllama.queue.internal.sqlite.Database;
import io.github.ohhhllama.queue.internal.sqlite.FootprintStore;
import io.github.ohhhllama.queue.internal.sqlite.QueueStore;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.FakeRegistry;
import io.github.ohhhllama.testing.InMemoryRateLimiter;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks by day at what nobody knew the size of when it was queued. */
final class SizeSurveyTest {

    private final SettableClock clock = SettableClock.at("2026-12-23T12:00:00Z");
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void findsTheSizesAndTellsWhatIsNotToBeHad() {
        FakeRegistry registry = new FakeRegistry().offer(FakeModel.of("mistral", 1000));
        try (FakeOllama ollama = FakeOllama.start();
                OkHttpOllamaClient client = new OkHttpOllamaClient(ollama.uri(), Duration.ofSeconds(5), clock);
                Database database = Database.open(directory.resolve("queue.db"), clock)) {
            QueueStore queue = new QueueStore(database, clock, clock::instant);
            Listeners listeners = new Listeners(List.of(listener()), new ChangeFeed(), queue::find, clock);
            queue.enqueue(pull("mistral"), new InMemoryRateLimiter(0, clock));
            queue.enqueue(pull("no-such-model"), new InMemoryRateLimiter(0, clock));

            Preflight preflight = new Preflight(registry, client, new Footprints(client));
            new SizeSurvey(new FootprintStore(database), queue, preflight, listeners).run();
            listeners.close();

            assertThat(queue.find(1)).flatMap(QueueEntry::size).isPresent();
            assertThat(queue.find(2)).map(QueueEntry::state).contains(EntryState.FAILED);
            assertThat(heard).containsExactly("no-such-model failed");
        }
    }

    private QueueListener listener() {
        return new QueueListener() {
            @Override
            public void entryChanged(QueueEntry entry, EntryEvent event) {
                heard.add(entry.model().spelling() + ' ' + event.kind().word());
            }
        };
    }

    private static PullRequest pull(String model) {
        return PullRequest.of(ModelName.parse(model), Requester.named("me"));
    }
}
