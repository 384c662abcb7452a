package io.github.ohhhllama.proxy.internal.doctor;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.json.Health;
import io.github.ohhhllama.proxy.internal.json.Health.Check;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.serve.ProxyRuntime;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.SettingProblem;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Looks at everything on which a proxy with these settings depends. What is wrong has a piece of advice with it.
 *
 * @param settings the settings, right or wrong
 * @param runtime knows the machine
 * @param clock the clock
 */
public record Diagnosis(Settings settings, ProxyRuntime runtime, Clock clock) {

    /** The name of the detail that says what to do. */
    public static final String ADVICE = "advice";

    /**
     * Looks at one thing after the other; whoever does not answer is waited for, some seconds each.
     *
     * @param address where clients reach the proxy
     * @return a check for each, in the order in which they are to be shown
     */
    public Health health(URI address) {
        ProxySettings assumed = settings.assumed();
        PortCheck ports = new PortCheck(assumed, new PortProbe(), Path.of("/"));
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("settings", configuration());
        checks.put("proxy", ports.proxy(address));
        checks.put("backend", ports.backend());
        checks.put("partials", partials());
        checks.put("database", database());
        checks.put("models_disk", disk());
        checks.put(
                "clock",
                new ClockCheck(clock, assumed.queue().zone())
                        .against(runtime.timeElsewhere(assumed), assumed.queue().database()));
        return new Health(checks);
    }

    private Check configuration() {
        if (!settings.problems().isEmpty()) {
            return Check.unhealthy(settings.problems().stream()
                            .map(SettingProblem::message)
                            .collect(Collectors.joining("; ")))
                    .with(ADVICE, "Correct the settings; the proxy does not start with them.");
        }
        SettingWarnings warnings = new SettingWarnings(settings.assumed());
        List<String> doubts = new ArrayList<>(settings.notices());
        warnings.database().ifPresent(doubts::add);
        if (!doubts.isEmpty()) {
            return Check.degraded(String.join(" ", doubts))
                    .with(ADVICE, "Look at the settings with: ohhhllama check-config");
        }
        String shared = warnings.sharing().map(words -> " " + words).orElse("");
        return Check.healthy("The settings are in order." + shared);
    }

    private Check partials() {
        Partials partials = runtime.partials(settings.assumed());
        Optional<String> warning = partials.warning();
        if (warning.isPresent()) {
            return Check.degraded("Ollama runs without OLLAMA_NOPRUNE=1.").with(ADVICE, warning.get());
        }
        return Check.healthy(
                partials == Partials.KEPT
                        ? "Ollama runs with OLLAMA_NOPRUNE=1 and keeps half-finished downloads."
                        : "Whether Ollama runs with OLLAMA_NOPRUNE=1 cannot be seen from here.");
    }

    private Check database() {
        Path file = settings.assumed().queue().database();
        try {
            return Check.healthy(
                    runtime.examine(file)
                            ? "The database " + file + " is whole."
                            : "There is no database " + file + " yet; it is made when the proxy starts.");
        } catch (QueueStorageException refused) {
            String text = "T" + String.valueOf(refused.getMessage()).substring(1);
            // The sentences of the storage begin with "the", and end with what to do.
            int advice = text.lastIndexOf(": ");
            return Check.unhealthy(text.substring(0, advice < 0 ? text.length() : advice) + '.')
                    .with(ADVICE, "For the database: " + text.substring(advice < 0 ? 0 : advice + 2) + '.');
        }
    }

    private Check disk() {
        DiskStatus disk = runtime.disk(settings.assumed());
        if (disk.trouble().isPresent()) {
            return Check.healthy(disk.trouble().get());
        }
        String free = Amounts.size(disk.free()) + " are free in " + disk.location() + ", " + Amounts.size(disk.kept())
                + " are to stay free";
        return disk.free() < disk.kept()
                ? Check.degraded(free + ": nothing is downloaded.")
                        .with(ADVICE, "Free some space in " + disk.location() + ", or lower DISK_MIN_FREE.")
                : Check.healthy(free + '.');
    }
}
