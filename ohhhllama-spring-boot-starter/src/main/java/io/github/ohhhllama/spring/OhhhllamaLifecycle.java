package io.github.ohhhllama.spring;

import io.github.ohhhllama.queue.Ohhhllama;
import org.springframework.context.SmartLifecycle;

/**
 * Starts the queue before the web server opens, and closes it after the web server has let its last request finish: as
 * long as somebody may ask, there is a queue that answers.
 *
 * <p>Thread-safe. A queue that was closed does not start again, so neither does its application context.
 */
final class OhhhllamaLifecycle implements SmartLifecycle {

    /** Spring Boot ends the web server at 2048 below the default phase, and refuses new requests 1024 before that. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    private final Ohhhllama ohhhllama;
    private final boolean downloads;
    private volatile boolean running;

    OhhhllamaLifecycle(Ohhhllama ohhhllama, boolean downloads) {
        this.ohhhllama = ohhhllama;
        this.downloads = downloads;
    }

    @Override
    public void start() {
        if (downloads) {
            ohhhllama.start();
        }
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        ohhhllama.close();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
