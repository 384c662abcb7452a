package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.SettingRules;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Is what the command line needs of the proxy itself. */
public interface ProxyRuntime extends SettingRules {

    /**
     * Starts a proxy and its queue.
     *
     * @param settings checked settings
     * @param partials tells whether Ollama keeps half-finished downloads, for the health
     * @return the running proxy, to be closed by the caller
     * @throws IOException if the address cannot be listened on
     * @throws io.github.ohhhllama.OhhhllamaException if the database cannot be used
     */
    RunningProxy start(ProxySettings settings, Supplier<Partials> partials) throws IOException;

    /**
     * Finds out whether Ollama keeps half-finished downloads when it is started again.
     *
     * @param settings checked settings
     */
    Partials partials(ProxySettings settings);

    /**
     * Reads a database from end to end, whether a proxy has it open or not.
     *
     * @param database the file
     * @return whether there is one
     * @throws io.github.ohhhllama.QueueStorageException if it cannot be used
     */
    boolean examine(Path database);

    /**
     * Finds out how much room the models have.
     *
     * @param settings the settings
     */
    DiskStatus disk(ProxySettings settings);

    /**
     * Asks another machine for the time.
     *
     * @param settings the settings
     * @return the time, or nothing if registries are not to be asked, or do not answer
     */
    Optional<Instant> timeElsewhere(ProxySettings settings);

    /**
     * Computes when the queue will start.
     *
     * @param settings the schedule and its zone, checked
     * @param after the starts after this moment
     * @param count how many
     */
    List<Instant> nextStarts(QueueSettings settings, Instant after, int count);

    /**
     * Computes when windows will be open.
     *
     * @param settings the schedule and its zone, checked
     * @param after a window that is open at this moment is the first
     * @param count how many
     * @return the windows; none if a run ends when nothing is left to try
     */
    List<Window> nextWindows(QueueSettings settings, Instant after, int count);
}
