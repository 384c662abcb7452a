package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Requester;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Is an entry in the making.
 *
 * @param id its number
 * @param missing how much of it is to be fetched, in bytes; negative if that is not known
 * @param nextAt when it may be tried again, or null
 * @param running what is seen of the download, or null if it waits
 * @param begun how many bytes of it are here
 */
record Wish(
        long id,
        long missing,
        @Nullable Instant nextAt,
        @Nullable Long running,
        long begun) {

    static final long GB = 1_000_000_000;

    static Wish of(long id, long missing) {
        return new Wish(id, missing, null, null, 0);
    }

    static Wish ofUnknownSize(long id) {
        return of(id, -1);
    }

    Wish numbered(long number) {
        return new Wish(number, missing, nextAt, running, begun);
    }

    Wish notBefore(Instant moment) {
        return new Wish(id, missing, moment, running, begun);
    }

    Wish runningAt(long rate) {
        return new Wish(id, missing, nextAt, rate, begun);
    }

    Wish begunWith(long bytes) {
        return new Wish(id, missing, nextAt, running, bytes);
    }

    QueueEntry entry() {
        boolean active = running != null;
        long rate = running == null ? 0 : running;
        PullProgress progress = new PullProgress("pulling", "sha256:0", Math.max(0, missing), begun);
        return new QueueEntry(
                id,
                PullRequest.of(ModelName.parse("model" + id), Requester.named("me")),
                active ? EntryState.DOWNLOADING : EntryState.PENDING,
                Instant.EPOCH,
                Instant.EPOCH,
                nextAt == null ? Attempts.NONE : new Attempts(1, nextAt, "unreachable"),
                null,
                active || begun > 0 ? new Download(progress, rate) : null,
                missing < 0 ? null : new Extent(missing, Math.max(0, missing - begun)));
    }
}
