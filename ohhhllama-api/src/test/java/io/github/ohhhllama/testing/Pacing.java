package io.github.ohhhllama.testing;

import java.util.concurrent.TimeUnit;

/**
 * Decides how fast something comes: bytes of a download, or tokens of an answer. Implementations are thread-safe.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Pacing {

    /**
     * Waits until more may come.
     *
     * @param wanted how much is left, at least 1, in bytes or in tokens
     * @return how much of it comes now, 1 to {@code wanted}, in bytes or in tokens
     * @throws InterruptedException if the client left
     */
    long next(long wanted) throws InterruptedException;

    /** Returns a pacing that never waits and brings everything at once. */
    static Pacing unlimited() {
        return wanted -> wanted;
    }

    /**
     * Returns a pacing that never waits and brings pieces of one size, so that there is progress to see.
     *
     * @param size how many bytes or tokens come at once
     */
    static Pacing pieces(long size) {
        return wanted -> Math.min(size, wanted);
    }

    /**
     * Returns a pacing that brings one piece for every step a test takes.
     *
     * @param size how many bytes or tokens come with a step
     */
    static SteppedPacing stepped(long size) {
        return new SteppedPacing(size);
    }

    /**
     * Returns a pacing in real time, ten pieces a second; for demonstrations, not for tests.
     *
     * @param rate how many bytes or tokens come in a second; 10 is the least
     */
    static Pacing perSecond(long rate) {
        return wanted -> {
            TimeUnit.MILLISECONDS.sleep(100);
            return Math.min(Math.max(1, rate / 10), wanted);
        };
    }
}
