package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.ProxySettings.Access;
import io.github.ohhhllama.proxy.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.client.HostRules;
import io.github.ohhhllama.proxy.internal.client.OriginRules;
import io.github.ohhhllama.proxy.internal.client.RegistryRules;
import io.github.ohhhllama.proxy.internal.client.TrustedProxies;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.queue.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the real proxy. */
final class UndertowRuntime implements ProxyRuntime {

    private final Clock clock;

    /**
     * Creates the runtime.
     *
     * @param clock tells whether a schedule is over
     */
    UndertowRuntime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public RunningProxy start(ProxySettings settings) throws IOException {
        return StandaloneProxy.start(settings);
    }

    @Override
    public List<Instant> nextStarts(QueueSettings settings, Instant after, int count) {
        return Schedule.parse(settings.schedule(), settings.zone()).next(after, count);
    }

    @Override
    public Map<Setting, String> refusals(ProxySettings settings) {
        Map<Setting, String> refusals = new EnumMap<>(Setting.class);
        Access access = settings.access();
        judge(refusals, Setting.QUEUE_SCHEDULE, "a cron expression", settings.queue(), this::requireStart);
        judge(refusals, Setting.DB_PATH, "a file", settings.queue().database(), UndertowRuntime::requireNoDirectory);
        judge(
                refusals,
                Setting.TRUSTED_PROXIES,
                "addresses and networks",
                access.trustedProxies(),
                TrustedProxies::parse);
        judge(
                refusals,
                Setting.ALLOWED_HOSTS,
                "host names",
                access.allowedHosts(),
                hosts -> new HostRules(hosts, List::of));
        judge(refusals, Setting.ALLOWED_ORIGINS, "origins", access.allowedOrigins(), OriginRules::new);
        judge(refusals, Setting.ALLOWED_REGISTRIES, "registries", access.allowedRegistries(), RegistryRules::new);
        return refusals;
    }

    private void requireStart(QueueSettings queue) {
        if (nextStarts(queue, clock.instant(), 1).isEmpty()) {
            throw new IllegalArgumentException("it lies in the past and never fires again");
        }
    }

    private static void requireNoDirectory(Path database) {
        if (Files.isDirectory(database)) {
            throw new IllegalArgumentException("it is a directory, name a file in it");
        }
    }

    private static <T> void judge(
            Map<Setting, String> refusals, Setting setting, String expected, T value, Consumer<T> rule) {
        try {
            rule.accept(value);
        } catch (IllegalArgumentException wrong) {
            refusals.put(setting, expected + " (" + wrong.getMessage() + ')');
        }
    }
}
