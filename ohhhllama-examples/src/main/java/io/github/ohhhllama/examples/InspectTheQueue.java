package io.github.ohhhllama.examples;

import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.queue.Ohhhllama;
import java.nio.file.Path;

/** Looks into a queue that another process may be working on: what is not started downloads nothing. */
public final class InspectTheQueue {

    private InspectTheQueue() {}

    /**
     * Shows what waits and what ended last.
     *
     * @param arguments where the queue is kept
     */
    public static void main(String... arguments) {
        Path database = Path.of(arguments[0]);
        // tag::inspect[]
        try (Ohhhllama ohhhllama = Ohhhllama.builder(database).build()) {
            QueueSnapshot snapshot = ohhhllama.queue().snapshot(Page.FIRST);
            System.out.println(snapshot.counts().pending() + " waiting");
            for (QueueEntry entry : snapshot.queue()) {
                System.out.println(entry.model() + " is " + entry.state().word());
            }
            for (QueueEntry entry : snapshot.recent()) {
                System.out.println(entry.model() + " ended as " + entry.state().word());
            }
        }
        // end::inspect[]
    }
}
