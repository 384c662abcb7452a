package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.SettingRules;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Is what the command line needs of the proxy itself. */
public interface ProxyRuntime extends SettingRules {

    /**
     * Starts a proxy and its queue.
     *
     * @param settings checked settings
     * @return the running proxy, to be closed by the caller
     * @throws IOException if the address cannot be listened on
     * @throws io.github.ohhhllama.OhhhllamaException if the database cannot be used
     */
    RunningProxy start(ProxySettings settings) throws IOException;

    /**
     * Computes when the queue will start.
     *
     * @param settings the schedule and its zone, checked
     * @param after the starts after this moment
     * @param count how many
     */
    List<Instant> nextStarts(QueueSettings settings, Instant after, int count);
}
