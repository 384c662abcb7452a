package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.OhhhllamaException;
import io.github.ohhhllama.proxy.internal.process.Logging;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.RestartReason;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.SettingValue;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.systemd.ServiceManager;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads the settings again and puts in force what may change while the proxy runs: all of it, or nothing if anything is
 * wrong. What takes a restart is named and left as it is. Thread-safe; one reload at a time, and none after {@link #close}.
 */
public final class Reload implements Runnable, AutoCloseable {

    private final Supplier<Settings> reader;
    private final Consumer<ProxySettings> target;
    private final Consumer<String> log;
    private final Optional<ServiceManager> manager;

    // Guarded by this.
    private final Map<Setting, SettingValue> inForce;
    private boolean closed;

    /**
     * Creates a reload.
     *
     * @param started the settings the proxy was started with
     * @param reader reads them again
     * @param target takes them over; throws if it cannot, and has changed nothing then
     * @param log is told what came of it, a sentence at a time
     * @param manager is told when it begins and ends, if there is one
     */
    public Reload(
            Settings started,
            Supplier<Settings> reader,
            Consumer<ProxySettings> target,
            Consumer<String> log,
            Optional<ServiceManager> manager) {
        inForce = new EnumMap<>(started.values());
        this.reader = reader;
        this.target = target;
        this.log = log;
        this.manager = manager;
    }

    @Override
    public synchronized void run() {
        if (closed) {
            return;
        }
        manager.ifPresent(ServiceManager::reloading);
        try {
            reload().forEach(log);
        } catch (RuntimeException unplanned) {
            log.accept("Reading the settings again met something nobody planned: " + unplanned);
        } finally {
            manager.ifPresent(ServiceManager::ready);
        }
    }

    /** Lets a reload that is under way end, and none follow. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    private List<String> reload() {
        Settings read = reader.get();
        Optional<ProxySettings> valid = read.valid();
        if (valid.isEmpty()) {
            List<String> lines = new ArrayList<>();
            read.problems().forEach(problem -> lines.add(problem.message()));
            lines.add("The settings stay as they were, all of them: what was read again is wrong.");
            return lines;
        }
        try {
            target.accept(valid.get());
        } catch (IllegalArgumentException | OhhhllamaException refused) {
            return List.of("The settings stay as they were, all of them: " + refused.getMessage());
        }
        List<String> lines = new ArrayList<>(read.notices());
        for (SettingValue value : read.values().values()) {
            take(value).ifPresent(lines::add);
        }
        lines.add(lines.isEmpty() ? "Read the settings again; nothing has changed." : "Read the settings again.");
        return lines;
    }

    /** Remembers what is in force, and says what became of a setting that was changed. */
    private Optional<String> take(SettingValue value) {
        Setting setting = value.setting();
        SettingValue before = inForce.getOrDefault(setting, value);
        if (before.text().equals(value.text())) {
            return Optional.empty();
        }
        Optional<String> reason = RestartReason.of(setting);
        if (reason.isPresent()) {
            return Optional.of(setting + " stays \"" + before.shown() + "\" until the proxy is restarted, as "
                    + reason.get() + "; restart it to have \"" + value.shown() + "\" (" + value.origin() + ").");
        }
        inForce.put(setting, value);
        if (setting == Setting.LOG_LEVEL) {
            Logging.change(value.text());
        }
        return Optional.of(setting + " is \"" + value.shown() + "\" now (" + value.origin() + "), it was \""
                + before.shown() + "\".");
    }
}
