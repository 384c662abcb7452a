package io.github.ohhhllama.queue;

import java.util.concurrent.ThreadFactory;

/**
 * Makes threads that keep no program alive.
 *
 * @param name what they are called
 */
record Daemons(String name) implements ThreadFactory {

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
