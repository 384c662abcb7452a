package io.github.ohhhllama.testing;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryEvent.Kind;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Spot;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds the entries of {@link InMemoryQueueService}, which guards it. */
final class InMemoryEntries {

    private static final int RECENT = 20;

    private final Clock clock;
    private final TreeMap<Long, QueueEntry> rows = new TreeMap<>();
    private final InMemoryOrder order = new InMemoryOrder();
    private final Map<Long, List<EntryEvent>> stories = new HashMap<>();
    private final Set<Long> permits = new HashSet<>();
    private long lastId;

    InMemoryEntries(Clock clock) {
        this.clock = clock;
    }

    long add(PullRequest request) {
        lastId++;
        Instant now = clock.instant();
        QueueEntry added = new QueueEntry(lastId, request, EntryState.PENDING, now, now, Attempts.NONE, null, null);
        order.add(added, activeExcept(lastId));
        rows.put(lastId, added);
        tell(lastId, Kind.QUEUED, "");
        return lastId;
    }

    /** Adds to an entry what a further request for its model wants beyond it. */
    void extend(QueueEntry entry, PullRequest further) {
        PullRequest known = entry.request();
        boolean wanted = known.refresh() && !further.refresh();
        boolean sooner = wanted && further.priority().compareTo(known.priority()) < 0;
        PullRequest both = new PullRequest(
                known.model(),
                known.requester(),
                known.insecure() || further.insecure(),
                known.refresh() && further.refresh(),
                sooner ? further.priority() : known.priority());
        QueueEntry extended = of(entry, both, null);
        rows.put(entry.id(), extended);
        if (sooner) {
            order.add(extended, activeExcept(entry.id()));
        }
    }

    Optional<QueueEntry> find(long id, Instant startsAt) {
        return active(startsAt).stream()
                .filter(entry -> entry.id() == id)
                .findFirst()
                .or(() -> Optional.ofNullable(rows.get(id)));
    }

    /** Returns the active entries with their places: what is being downloaded first. */
    List<QueueEntry> active(Instant startsAt) {
        List<QueueEntry> waiting = rows.values().stream()
                .filter(entry -> entry.state().isActive())
                .sorted(Comparator.comparing(QueueEntry::state).reversed().thenComparing(QueueEntry::id, order))
                .toList();
        List<QueueEntry> placed = new ArrayList<>();
        for (QueueEntry entry : waiting) {
            placed.add(at(entry, new Place(placed.size() + 1, startsAt)));
        }
        return placed;
    }

    /** Returns all entries without their places, newest first. */
    Stream<QueueEntry> newest() {
        return rows.descendingMap().values().stream();
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
        stories.remove(id);
        permits.remove(id);
    }

    /** Moves an entry, and returns whether it and the one before which it is to stand wait. */
    boolean move(long id, Spot spot) {
        if (!isPending(id) || (spot instanceof Spot.Before before && !isPending(before.entry()))) {
            return false;
        }
        String words = "first";
        if (spot instanceof Spot.Before before) {
            words = "before " + before.entry();
            if (before.entry() != id) {
                order.moveBefore(id, before.entry(), activeExcept(id));
                rank(id, row(before.entry()).request().priority());
            }
        } else if (spot instanceof Spot.Among among) {
            words = among.priority().word();
            order.moveAmong(id, among.priority(), activeExcept(id));
            rank(id, among.priority());
        } else {
            order.moveFirst(id, activeExcept(id));
        }
        tell(id, Kind.MOVED, words);
        return true;
    }

    /** Gives an entry another chance, and returns whether it waits now. */
    boolean retry(long id) {
        QueueEntry entry = rows.get(id);
        if (entry == null || entry.state() != EntryState.FAILED) {
            return isPending(id);
        }
        boolean other = activeExcept(id).stream().anyMatch(one -> one.model().equals(entry.model()));
        if (!other) {
            change(id, EntryState.PENDING, null, null);
            tell(id, Kind.RETRIED, "asked for");
        }
        return !other;
    }

    /** Gives an entry a permit of its own, and returns whether it waits. */
    boolean permit(long id) {
        if (isPending(id) && permits.add(id)) {
            tell(id, Kind.PERMITTED, "");
        }
        return isPending(id);
    }

    List<EntryEvent> story(long id) {
        return List.copyOf(stories.getOrDefault(id, List.of()));
    }

    void tell(long id, Kind kind, String words) {
        stories.computeIfAbsent(id, unknown -> new ArrayList<>()).add(new EntryEvent(id, clock.instant(), kind, words));
    }

    void change(long id, EntryState state, @Nullable String error, @Nullable Download download) {
        QueueEntry entry = row(id);
        Attempts attempts =
                error == null ? entry.attempts() : new Attempts(entry.attempts().made() + 1, null, error);
        if (state == EntryState.DOWNLOADING) {
            order.take(id);
        }
        rows.put(
                id,
                new QueueEntry(
                        id, entry.request(), state, entry.createdAt(), clock.instant(), attempts, null, download));
    }

    boolean isPending(long id) {
        QueueEntry entry = rows.get(id);
        return entry != null && entry.state() == EntryState.PENDING;
    }

    private QueueEntry row(long id) {
        QueueEntry entry = rows.get(id);
        if (entry == null) {
            throw new IllegalArgumentException("expected an entry with id " + id + ", there is none");
        }
        return entry;
    }

    private void rank(long id, Priority priority) {
        QueueEntry entry = row(id);
        PullRequest asked = entry.request();
        PullRequest request =
                new PullRequest(asked.model(), asked.requester(), asked.insecure(), asked.refresh(), priority);
        rows.put(id, of(entry, request, entry.place()));
    }

    private List<QueueEntry> activeExcept(long id) {
        return rows.values().stream()
                .filter(entry -> entry.state().isActive() && entry.id() != id)
                .toList();
    }

    private static QueueEntry at(QueueEntry entry, Place place) {
        return of(entry, entry.request(), place);
    }

    private static QueueEntry of(QueueEntry entry, PullRequest request, @Nullable Place place) {
        return new QueueEntry(
                entry.id(),
                request,
                entry.state(),
                entry.createdAt(),
                entry.updatedAt(),
                entry.attempts(),
                place,
                entry.download(),
                entry.extent());
    }
}
