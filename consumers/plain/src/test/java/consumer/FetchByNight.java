package consumer;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.nio.file.Path;

/** Queues a model and fetches it, so that every library below the queue has had its turn. */
public final class FetchByNight {

    private FetchByNight() {}

    public static void main(String... arguments) throws InterruptedException {
        try (FakeOllama ollama = FakeOllama.start().offer(FakeModel.of("phi3", 1000));
                Ohhhllama ohhhllama = Ohhhllama.builder(Path.of(arguments[0]))
                        .backend(ollama.uri())
                        .build()) {
            ohhhllama.start();
            ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse("phi3"), Requester.named("me")));
            ohhhllama.queue().process();
            while (ohhhllama.queue().snapshot(Page.FIRST).counts().completed() == 0) {
                Thread.sleep(100);
            }
            System.out.println("fetched " + ollama.installed());
        }
    }
}
