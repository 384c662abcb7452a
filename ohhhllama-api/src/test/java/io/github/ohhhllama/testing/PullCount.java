package io.github.ohhhllama.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts the pulls that run, and remembers the most that ever did at once. Thread-safe. */
final class PullCount {

    private final List<String> started = new ArrayList<>();
    private int running;
    private int most;

    synchronized void start(String model) {
        started.add(model);
        running++;
        most = Math.max(most, running);
        notifyAll();
    }

    synchronized void end() {
        running--;
        notifyAll();
    }

    synchronized int running() {
        return running;
    }

    synchronized int most() {
        return most;
    }

    synchronized List<String> started() {
        return List.copyOf(started);
    }

    /** Waits until so many run, and tells whether they did in time. */
    synchronized boolean await(int count, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (running != count) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }
}
