package io.github.ohhhllama.queue;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Queues a model and downloads it; the test kills the process in the middle. */
final class InterruptedDownload {

    private InterruptedDownload() {}

    /**
     * Runs until it is killed, or until its input ends because the test did.
     *
     * @param args the database, where Ollama is, the model, and the moment at which the clock stands
     */
    public static void main(String[] args) throws IOException {
        try (Ohhhllama ohhhllama = Ohhhllama.builder(Path.of(args[0]))
                .registry(Registry.NONE)
                .backend(URI.create(args[1]))
                .clock(SettableClock.at(args[3]))
                .build()) {
            ohhhllama.start();
            ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse(args[2]), Requester.named("me")));
            ohhhllama.queue().process();
            System.in.transferTo(System.out);
        }
    }
}
