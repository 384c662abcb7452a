package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.ScheduleStatus;
import java.net.InetSocketAddress;

/** Is a proxy that runs. Thread-safe. */
public interface RunningProxy extends AutoCloseable {

    /** Returns the address it listens on, with the real port. */
    InetSocketAddress address();

    /** Tells when its queue runs. */
    ScheduleStatus schedule();

    /** Lets running streams end for a while, hands the download back, and stops; blocks until that is done. */
    @Override
    void close();
}
