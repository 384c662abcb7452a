package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Requester;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;

/** Queues models for ever and prints the name of each once it is acknowledged; the test kills it in the middle. */
final class KilledProcess {

    private static final int THREADS = 4;

    private KilledProcess() {}

    public static void main(String[] args) {
        Clock clock = Clock.systemUTC();
        Database database = Database.open(Path.of(args[0]), clock);
        QueueStore store = new QueueStore(database, clock, clock::instant);
        SqliteRateLimiter limiter = new SqliteRateLimiter(database, 0, clock, ZoneOffset.UTC);
        for (int thread = 0; thread < THREADS; thread++) {
            String prefix = "model-" + thread + "-";
            new Thread(() -> queueForEver(store, limiter, prefix)).start();
        }
    }

    private static void queueForEver(QueueStore store, SqliteRateLimiter limiter, String prefix) {
        for (int i = 0; ; i++) {
            PullRequest request = PullRequest.of(ModelName.parse(prefix + i), Requester.named("me"));
            if (store.enqueue(request, limiter) instanceof EnqueueResult.Queued queued) {
                System.out.println(queued.entry().model());
            }
        }
    }
}
