package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.Fetch;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullFailure;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.Spot;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tells those who listen what is done to entries, what came over the line, and how each attempt ended. */
final class ListenersTest {

    private static final long MEGABYTE = 1_000_000;

    private final AtomicLong received = new AtomicLong();
    private final List<String> attempts = new CopyOnWriteArrayList<>();
    private final List<String> stories = new CopyOnWriteArrayList<>();

    @TempDir
    private Path directory;

    @Test
    void tellsOfEveryByteAndOfTheClassOfAFailure() {
        try (FakeOllama ollama = FakeOllama.start().offer(FakeModel.of("mistral", 2 * MEGABYTE));
                Ohhhllama ohhhllama = queue(ollama)) {
            ohhhllama.start();
            pull(ohhhllama, "no-such-model");
            pull(ohhhllama, "mistral");
            ohhhllama.queue().process();

            await().until(() -> attempts.size() == 2);
            assertThat(attempts).containsExactly("no-such-model failed UNKNOWN_MODEL", "mistral completed null");
            assertThat(received).hasValueBetween(2 * MEGABYTE, 2 * MEGABYTE + 10_000);
        }
    }

    @Test
    void tellsWhatIsDoneToAnEntryAndWhatIsNotDoneTwice() {
        try (FakeOllama ollama = FakeOllama.start();
                Ohhhllama ohhhllama = queue(ollama)) {
            QueueService queue = ohhhllama.queue();
            pull(ohhhllama, "mistral");
            pull(ohhhllama, "mistral");
            queue.move(1, new Spot.First());
            queue.runNow(1);
            queue.runNow(1);
            queue.retry(1);
            await().untilAsserted(() -> assertThat(stories)
                    .containsExactly("mistral queued ", "mistral moved first", "mistral permitted "));
            assertThat(stories)
                    .containsExactlyElementsOf(queue.events(1).stream()
                            .map(event -> "mistral " + event.kind().word() + ' ' + event.words())
                            .toList());

            stories.clear();
            queue.remove(1);
            queue.remove(1);
            await().untilAsserted(() -> assertThat(stories).containsExactly("mistral removed"));
        }
    }

    /** Whoever asks may hold what a listener wants. */
    @Test
    void neverWaitsForAListener() throws InterruptedException {
        Semaphore mayGoOn = new Semaphore(0);
        CountDownLatch told = new CountDownLatch(1);
        try (Ohhhllama ohhhllama = Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .listener(new QueueListener() {
                    @Override
                    public void entryChanged(QueueEntry entry, EntryEvent event) {
                        mayGoOn.acquireUninterruptibly();
                        told.countDown();
                    }
                })
                .build()) {
            pull(ohhhllama, "mistral");
            pull(ohhhllama, "llama3");
            mayGoOn.release(2);
            told.await();
        }
    }

    @Test
    void letsAListenerCloseTheQueue() throws Exception {
        CompletableFuture<Ohhhllama> queue = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Ohhhllama ohhhllama = Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .listener(new QueueListener() {
                    @Override
                    public void entryChanged(QueueEntry entry, EntryEvent event) {
                        queue.join().close();
                        interrupted.complete(Thread.currentThread().isInterrupted());
                    }
                })
                .build();
        queue.complete(ohhhllama);
        pull(ohhhllama, "mistral");

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
    }

    private Ohhhllama queue(FakeOllama ollama) {
        return Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .listener(new QueueListener() {
                    @Override
                    public void entryChanged(QueueEntry entry, EntryEvent event) {
                        stories.add(
                                entry.model().spelling() + ' ' + event.kind().word() + ' ' + event.words());
                    }

                    @Override
                    public void removed(QueueEntry entry) {
                        stories.add(entry.model().spelling() + " removed");
                    }

                    @Override
                    public void received(long bytes) {
                        received.addAndGet(bytes);
                    }

                    @Override
                    public void attemptEnded(Fetch fetch, @Nullable PullFailure failure) {
                        attempts.add(
                                fetch.model().spelling() + ' ' + fetch.outcome().word() + ' ' + failure);
                    }
                })
                .build();
    }

    private static void pull(Ohhhllama ohhhllama, String model) {
        ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse(model), Requester.named("me")));
    }
}
