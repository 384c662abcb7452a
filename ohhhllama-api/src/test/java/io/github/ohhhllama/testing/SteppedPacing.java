package io.github.ohhhllama.testing;

import java.util.concurrent.Semaphore;

/**
 * Waits for a test to say that the next piece may come. Thread-safe.
 *
 * @since 0.1.0
 */
public final class SteppedPacing implements Pacing {

    private final Semaphore steps = new Semaphore(0);
    private final long size;

    SteppedPacing(long size) {
        this.size = size;
    }

    /** Lets one piece come. */
    public void step() {
        step(1);
    }

    /**
     * Lets several pieces come.
     *
     * @param count how many, 0 or more
     * @throws IllegalArgumentException if it is negative
     */
    public void step(int count) {
        steps.release(count);
    }

    /** Lets all come that is left, of everything. */
    public void finish() {
        steps.release(Integer.MAX_VALUE / 2);
    }

    @Override
    public long next(long wanted) throws InterruptedException {
        steps.acquire();
        return Math.min(size, wanted);
    }
}
