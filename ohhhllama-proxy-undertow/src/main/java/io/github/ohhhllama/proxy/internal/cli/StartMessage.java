package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import java.util.List;

/**
 * Says what runs where.
 *
 * @param settings what the proxy was told
 * @param proxy what became of it
 */
record StartMessage(ProxySettings settings, RunningProxy proxy) {

    /** Returns the lines. */
    List<String> lines() {
        ScheduleStatus schedule = proxy.schedule();
        return List.of(
                Version.CURRENT.line() + " listens on " + address(),
                "  backend   " + settings.backend().uri(),
                "  database  " + settings.queue().database(),
                "  schedule  " + schedule.expression() + " (" + schedule.zone().getId() + "), next start "
                        + Amounts.localAndUtc(schedule.nextStart(), schedule.zone()));
    }

    private String address() {
        String host = settings.listen().host();
        return "http://" + (host.contains(":") ? '[' + host + ']' : host) + ':'
                + proxy.address().getPort();
    }
}
