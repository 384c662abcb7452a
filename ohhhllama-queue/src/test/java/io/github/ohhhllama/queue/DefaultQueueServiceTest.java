package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.QueueServiceContract;
import java.nio.file.Path;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Holds the queue on SQLite to the contract of all queues. */
final class DefaultQueueServiceTest extends QueueServiceContract {

    private final FakeOllama ollama = FakeOllama.start();

    @TempDir
    private Path directory;

    private @Nullable Ohhhllama ohhhllama;

    @Override
    protected QueueService queue(int limit) {
        ohhhllama = Ohhhllama.builder(directory.resolve("queue.db"))
                .registry(Registry.NONE)
                .backend(ollama.uri())
                .zone(ZoneOffset.UTC)
                .clock(clock)
                .rateLimit(limit)
                .build();
        return ohhhllama.queue();
    }

    @AfterEach
    void close() {
        if (ohhhllama != null) {
            ohhhllama.close();
        }
        ollama.close();
    }
}
