package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.process.Version;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what runs where.
 *
 * @param settings what the proxy was told
 * @param proxy what became of it
 * @param partials whether Ollama keeps half-finished downloads
 */
public record StartMessage(ProxySettings settings, RunningProxy proxy, Partials partials) {

    /** Returns the lines, the headline first; asks the proxy for its schedule. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(Version.CURRENT.line() + " listens on " + address());
        lines.add("  backend   " + settings.backend().uri());
        lines.add("  database  " + settings.queue().database());
        lines.addAll(schedule());
        partials.warning().ifPresent(warning -> lines.add("  warning   " + warning));
        return lines;
    }

    /** A disk that is full or read-only now keeps nobody from Ollama, and nothing from being queued later. */
    private List<String> schedule() {
        try {
            ScheduleStatus schedule = proxy.schedule();
            return List.of("  schedule  " + schedule.expression() + " ("
                    + schedule.zone().getId() + "), next start "
                    + Amounts.localAndUtc(schedule.nextStart(), schedule.zone()));
        } catch (QueueStorageException trouble) {
            return List.of(
                    "  schedule  " + settings.queue().schedule() + " ("
                            + settings.queue().zone().getId() + ')',
                    "  warning   " + trouble.getMessage());
        }
    }

    private String address() {
        String host = settings.listen().host();
        return "http://" + (host.contains(":") ? '[' + host + ']' : host) + ':'
                + proxy.address().getPort();
    }
}
