package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.Registry;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.ProxyMetrics;
import io.github.ohhhllama.proxy.internal.ollama.ModelFolder;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.NightSettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
import io.github.ohhhllama.queue.Ohhhllama;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Is a queue with a proxy before it: the whole program. */
final class StandaloneProxy implements RunningProxy {

    private final Ohhhllama ohhhllama;
    private final OhhhllamaProxy proxy;
    private final Environment environment;
    private final String host;
    private final AtomicReference<ZoneId> zone;
    private final ProxyMetrics metrics = new ProxyMetrics();

    private StandaloneProxy(ProxySettings settings, Environment environment, Supplier<Partials> partials)
            throws IOException {
        this.environment = environment;
        host = settings.listen().host();
        zone = new AtomicReference<>(settings.queue().zone());
        ohhhllama = builder(settings, environment).listener(metrics).build();
        try {
            proxy = proxy(settings, partials);
        } catch (IOException | RuntimeException failed) {
            ohhhllama.close();
            throw failed;
        }
        try {
            ohhhllama.start();
        } catch (RuntimeException failed) {
            proxy.close();
            ohhhllama.close();
            throw failed;
        }
    }

    static StandaloneProxy start(ProxySettings settings, Environment environment, Supplier<Partials> partials)
            throws IOException {
        new DescriptorTable(DescriptorTable.LINUX).widenSoon();
        return new StandaloneProxy(settings, environment, partials);
    }

    private OhhhllamaProxy proxy(ProxySettings settings, Supplier<Partials> partials) throws IOException {
        OhhhllamaProxy.Builder builder = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(
                        settings.listen().host(), settings.listen().port()))
                .backend(settings.backend().uri())
                .connectTimeout(settings.backend().connectTimeout())
                .access(settings.access())
                .pullReply(settings.pullReply())
                .zone(zone::get)
                .partials(() -> partials.get().warning());
        return (settings.metrics() ? builder.metrics(metrics) : builder).start();
    }

    private static Ohhhllama.Builder builder(ProxySettings settings, Environment environment) {
        QueueSettings queue = settings.queue();
        NightSettings night = queue.night();
        Ohhhllama.Builder builder = Ohhhllama.builder(queue.database())
                .backend(settings.backend().uri())
                .connectTimeout(settings.backend().connectTimeout())
                .schedule(queue.schedule())
                .zone(queue.zone())
                .rateLimit(queue.rateLimit())
                .silence(queue.stallTimeout())
                .window(night.hours().end())
                .windows(night.hours().windows())
                .blackouts(night.hours().blackouts())
                .environment(environment.variables())
                .minFree(night.disk().minFree())
                .stall(night.patience().minRate(), night.patience().after())
                .maxNights(night.patience().maxNights())
                .refresh(
                        night.fresh().every(),
                        night.fresh().models(),
                        night.fresh().pinned())
                .webhooks(NotifyRules.webhooks(queue.notices()))
                .cleanup(Duration.ofDays(night.cleanupDays()));
        night.hours().calendar().ifPresent(builder::blackoutCalendar);
        night.fresh().wanted().ifPresent(builder::wanted);
        ModelFolder.of(settings, environment).ifPresent(builder::modelFolder);
        return night.preflight() ? builder : builder.registry(Registry.NONE);
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(host, proxy.port());
    }

    @Override
    public ScheduleStatus schedule() {
        return ohhhllama.queue().schedule();
    }

    @Override
    public void reconfigure(ProxySettings settings) {
        ohhhllama.reconfigure(builder(settings, environment));
        zone.set(settings.queue().zone());
    }

    /** The download is handed back at once; answers that are under way may take longer. */
    @Override
    public void close() {
        proxy.refuseNewRequests();
        ohhhllama.close();
        proxy.close();
    }
}
