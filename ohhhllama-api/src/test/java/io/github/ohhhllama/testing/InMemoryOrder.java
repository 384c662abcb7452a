package io.github.ohhhllama.testing;

import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.QueueEntry;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Orders the numbers of entries: by rank, then by turn, so that requesters share fairly, then by age. */
final class InMemoryOrder implements Comparator<Long> {

    private static final int FIRST = -1;

    private final Map<Long, Key> keys = new HashMap<>();
    private final Map<Integer, Long> taken = new HashMap<>();

    private record Key(int rank, long turn) {}

    @Override
    public int compare(Long one, Long other) {
        return Comparator.comparing((Long id) -> key(id).rank())
                .thenComparing(id -> key(id).turn())
                .thenComparing(Comparator.naturalOrder())
                .compare(one, other);
    }

    /** Gives a new entry its turn: one after the requester's last, and none that is over. */
    void add(QueueEntry added, List<QueueEntry> active) {
        int rank = rank(added.request().priority());
        String requester = added.request().requester().quotaKey();
        long first = turns(
                        rank,
                        active.stream()
                                .filter(entry -> entry.state() == EntryState.PENDING)
                                .toList())
                .min()
                .orElse(0);
        long next = 1
                + turns(
                                rank,
                                active.stream()
                                        .filter(entry -> entry.request()
                                                .requester()
                                                .quotaKey()
                                                .equals(requester))
                                        .toList())
                        .max()
                        .orElse(-1);
        keys.put(added.id(), new Key(rank, Math.max(Math.max(taken(rank), first), next)));
    }

    /** Remembers that the turn of an entry has come. */
    void take(long id) {
        taken.merge(key(id).rank(), key(id).turn(), Math::max);
    }

    void moveFirst(long id, List<QueueEntry> others) {
        keys.put(id, new Key(FIRST, turns(FIRST, others).min().orElse(1) - 1));
    }

    void moveBefore(long id, long other, List<QueueEntry> active) {
        Key place = key(other);
        for (QueueEntry entry : active) {
            if (key(entry.id()).rank() == place.rank() && compare(entry.id(), other) >= 0 && entry.id() != other) {
                shift(entry.id());
            }
        }
        shift(other);
        keys.put(id, new Key(place.rank(), place.turn() + 1));
    }

    void moveAmong(long id, Priority priority, List<QueueEntry> others) {
        int rank = rank(priority);
        keys.put(
                id,
                new Key(
                        rank,
                        Math.max(taken(rank), 1 + turns(rank, others).max().orElse(-1))));
    }

    private static int rank(Priority priority) {
        return switch (priority) {
            case HIGH -> 0;
            case NORMAL -> 1;
            case LOW -> 2;
        };
    }

    private void shift(long id) {
        keys.put(id, new Key(key(id).rank(), key(id).turn() + 2));
    }

    private LongStream turns(int rank, List<QueueEntry> entries) {
        return entries.stream()
                .filter(entry -> key(entry.id()).rank() == rank)
                .mapToLong(entry -> key(entry.id()).turn());
    }

    private long taken(int rank) {
        return taken.getOrDefault(rank, 0L);
    }

    private Key key(long id) {
        Key key = keys.get(id);
        if (key == null) {
            throw new IllegalArgumentException("expected an entry with id " + id + ", there is none");
        }
        return key;
    }
}
