package io.github.ohhhllama.testing;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the entries of {@link InMemoryQueueService}, which guards it. */
final class InMemoryEntries {

    private static final int RECENT = 20;

    private final Clock clock;
    private final TreeMap<Long, QueueEntry> rows = new TreeMap<>();
    private long lastId;

    InMemoryEntries(Clock clock) {
        this.clock = clock;
    }

    long add(PullRequest request) {
        lastId++;
        Instant now = clock.instant();
        rows.put(lastId, new QueueEntry(lastId, request, EntryState.PENDING, now, now, Attempts.NONE, null, null));
        return lastId;
    }

    Optional<QueueEntry> find(long id, Instant startsAt) {
        return active(startsAt).stream()
                .filter(entry -> entry.id() == id)
                .findFirst()
                .or(() -> Optional.ofNullable(rows.get(id)));
    }

    /** Returns the active entries with their places: what is being downloaded first, then by age. */
    List<QueueEntry> active(Instant startsAt) {
        List<QueueEntry> waiting = rows.values().stream()
                .filter(entry -> entry.state().isActive())
                .sorted(Comparator.comparing(QueueEntry::state).reversed().thenComparing(QueueEntry::id))
                .toList();
        List<QueueEntry> placed = new ArrayList<>();
        for (QueueEntry entry : waiting) {
            placed.add(at(entry, new Place(placed.size() + 1, startsAt)));
        }
        return placed;
    }

    List<QueueEntry> recent() {
        return rows.values().stream()
                .filter(entry -> !entry.state().isActive())
                .sorted(Comparator.comparing(QueueEntry::updatedAt)
                        .thenComparing(QueueEntry::id)
                        .reversed())
                .limit(RECENT)
                .toList();
    }

    long count(EntryState state) {
        return rows.values().stream().filter(entry -> entry.state() == state).count();
    }

    void remove(long id) {
        rows.remove(id);
    }

    void change(long id, EntryState state, @Nullable String error, @Nullable Download download) {
        QueueEntry entry = rows.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("expected an entry with id " + id + ", there is none");
        }
        Attempts attempts =
                error == null ? entry.attempts() : new Attempts(entry.attempts().made() + 1, null, error);
        rows.put(
                id,
                new QueueEntry(
                        id, entry.request(), state, entry.createdAt(), clock.instant(), attempts, null, download));
    }

    private static QueueEntry at(QueueEntry entry, Place place) {
        return new QueueEntry(
                entry.id(),
                entry.request(),
                entry.state(),
                entry.createdAt(),
                entry.updatedAt(),
                entry.attempts(),
                place,
                entry.download());
    }
}
