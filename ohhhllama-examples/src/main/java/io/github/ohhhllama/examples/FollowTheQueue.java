package io.github.ohhhllama.examples;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueChange;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.Ohhhllama;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/** Waits for a model and shows on the way what happens to it. */
public final class FollowTheQueue {

    private FollowTheQueue() {}

    /**
     * Queues a model, starts the queue and follows it to the end.
     *
     * @param arguments where the queue is kept, and where Ollama is
     */
    public static void main(String... arguments) {
        Path database = Path.of(arguments[0]);
        URI backend = URI.create(arguments[1]);
        // tag::follow[]
        try (Ohhhllama ohhhllama = Ohhhllama.builder(database).backend(backend).build()) {
            Follower follower = new Follower();
            ohhhllama.changes().subscribe(follower);
            ohhhllama.start();
            ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse("llama3:8b"), Requester.named("me")));
            ohhhllama.queue().process();
            follower.ended.join();
            ohhhllama
                    .ollama()
                    .show(ModelName.parse("llama3:8b"))
                    .ifPresent(model -> System.out.println("has " + model.parameterSize() + " parameters"));
        }
        // end::follow[]
    }

    // tag::follower[]
    /** Shows one change after the other, and knows when a model is there, given up or taken out. */
    private static final class Follower implements Flow.Subscriber<QueueChange> {

        private final CompletableFuture<String> ended = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(QueueChange change) {
            String line = change.match(
                    changed -> changed.entry().model() + " " + word(changed.event()),
                    removed -> removed.entry().model() + " " + end("was taken out"),
                    progressed -> progressed.entry().model() + " goes on",
                    shift -> shift.summary().completed() + " models came");
            System.out.println(line);
        }

        private String word(EntryEvent event) {
            String word = event.kind().word();
            return switch (event.kind()) {
                case COMPLETED, FAILED -> end(word);
                default -> word;
            };
        }

        private String end(String how) {
            ended.complete(how);
            return how;
        }

        @Override
        public void onError(Throwable mistake) {
            ended.completeExceptionally(mistake);
        }

        @Override
        public void onComplete() {
            System.out.println("the queue was closed");
        }
    }
    // end::follower[]
}
