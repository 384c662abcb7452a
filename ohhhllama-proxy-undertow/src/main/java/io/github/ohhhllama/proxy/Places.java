package io.github.ohhhllama.proxy;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Bounds how many requests do at once what takes much memory. Thread-safe. */
final class Places {

    private final Semaphore free;

    /**
     * Creates places that are all free.
     *
     * @param count how many; may be 0
     */
    Places(int count) {
        free = new Semaphore(count);
    }

    /** Returns a place, or nothing if there is none. */
    Optional<Place> take() {
        return free.tryAcquire() ? Optional.of(new Place(free)) : Optional.empty();
    }

    /** Is taken until it is left. */
    static final class Place {

        private final Semaphore free;
        private final AtomicBoolean left = new AtomicBoolean();

        private Place(Semaphore free) {
            this.free = free;
        }

        /** Leaves it; once more makes no difference. */
        void leave() {
            if (left.compareAndSet(false, true)) {
                free.release();
            }
        }
    }
}
