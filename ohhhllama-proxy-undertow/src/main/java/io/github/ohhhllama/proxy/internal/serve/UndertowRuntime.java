package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.Access;
import io.github.ohhhllama.proxy.internal.client.HostRules;
import io.github.ohhhllama.proxy.internal.client.OriginRules;
import io.github.ohhhllama.proxy.internal.client.RegistryRules;
import io.github.ohhhllama.proxy.internal.client.TrustedProxies;
import io.github.ohhhllama.proxy.internal.ollama.ModelFolder;
import io.github.ohhhllama.proxy.internal.ollama.NopruneCheck;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.NightSettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.queue.QueueFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs the real proxy. */
public final class UndertowRuntime implements ProxyRuntime {

    private final Environment environment;
    private final Clock clock;

    /**
     * Creates the runtime.
     *
     * @param environment tells where Ollama keeps its models, and how registries are reached
     * @param clock tells whether a schedule is over
     */
    public UndertowRuntime(Environment environment, Clock clock) {
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public RunningProxy start(ProxySettings settings, Supplier<Partials> partials) throws IOException {
        return StandaloneProxy.start(settings, environment, partials);
    }

    @Override
    public Partials partials(ProxySettings settings) {
        return new NopruneCheck(settings.backend(), Path.of("/")).partials();
    }

    @Override
    public boolean examine(Path database) {
        return new QueueFile(database).examine();
    }

    @Override
    public DiskStatus disk(ProxySettings settings) {
        NightSettings night = settings.queue().night();
        Ohhhllama.Builder builder = Ohhhllama.builder(settings.queue().database())
                .minFree(night.disk().minFree());
        ModelFolder.of(settings, environment).ifPresent(builder::modelFolder);
        return builder.disk();
    }

    @Override
    public Optional<Instant> timeElsewhere(ProxySettings settings) {
        return settings.queue().night().preflight()
                ? new RegistryTime(RegistryTime.USUAL, environment).now()
                : Optional.empty();
    }

    @Override
    public List<Instant> nextStarts(QueueSettings settings, Instant after, int count) {
        return HoursRules.schedule(settings).next(after, count);
    }

    @Override
    public List<Window> nextWindows(QueueSettings settings, Instant after, int count) {
        return HoursRules.schedule(settings).windows(after, count);
    }

    @Override
    public Map<Setting, String> refusals(ProxySettings settings) {
        Map<Setting, String> refusals = new EnumMap<>(Setting.class);
        Access access = settings.access();
        refusals.putAll(new HoursRules(clock.instant()).refusals(settings.queue()));
        judge(
                refusals,
                Setting.DISK_MIN_FREE,
                "a size or a percentage",
                settings.queue().night().disk().minFree(),
                size -> Ohhhllama.builder(settings.queue().database()).minFree(size));
        NotifyRules.refusals(settings.queue().notices()).forEach(refusals::put);
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
