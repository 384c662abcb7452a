package io.github.ohhhllama.examples;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.Ohhhllama;
import java.net.URI;
import java.nio.file.Path;
import java.time.ZoneId;

/** Has the queue in a service of its own: no proxy, the same guarantees. */
public final class EmbedTheQueue {

    private EmbedTheQueue() {}

    /**
     * Queues a model and says what became of that.
     *
     * @param arguments where the queue is kept, and where Ollama is
     */
    public static void main(String... arguments) {
        Path database = Path.of(arguments[0]);
        URI backend = URI.create(arguments[1]);
        // tag::embed[]
        try (Ohhhllama ohhhllama = Ohhhllama.builder(database)
                .backend(backend)
                .schedule("0 22 * * mon-fri")
                .zone(ZoneId.of("Europe/Berlin"))
                .build()) {
            ohhhllama.start();
            PullRequest wish = PullRequest.of(ModelName.parse("llama3:8b"), Requester.named("nightly-build"));
            EnqueueResult result = ohhhllama.queue().enqueue(wish);
            String outcome = result.match(
                    queued -> "queued as number " + queued.entry().id(),
                    already -> "was queued before, as number " + already.entry().id(),
                    current -> "is here already, in its newest version",
                    refused -> "not queued: " + refused);
            System.out.println(outcome);
        }
        // end::embed[]
    }
}
