package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import java.net.InetSocketAddress;

/** Is a proxy that runs. Thread-safe. */
public interface RunningProxy extends AutoCloseable {

    /** Returns the address it listens on, with the real port. */
    InetSocketAddress address();

    /** Tells when its queue runs. */
    ScheduleStatus schedule();

    /**
     * Takes over from other settings what may change while the proxy runs; the others are not looked at.
     *
     * @param settings checked settings
     * @throws IllegalArgumentException if they turn out to be wrong; nothing has changed then
     * @throws io.github.ohhhllama.OhhhllamaException if the database cannot be used at the moment; nothing has changed then
     */
    void reconfigure(ProxySettings settings);

    /** Lets running streams end for a while, hands the download back, and stops; blocks until that is done. */
    @Override
    void close();
}
