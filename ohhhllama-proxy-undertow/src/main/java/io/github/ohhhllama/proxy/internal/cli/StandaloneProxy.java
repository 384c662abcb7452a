package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.ProxyMetrics;
import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.ProxySettings.NightSettings;
import io.github.ohhhllama.proxy.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.queue.Ohhhllama;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;

/** Is a queue with a proxy before it: the whole program. */
final class StandaloneProxy implements RunningProxy {

    private final Ohhhllama ohhhllama;
    private final OhhhllamaProxy proxy;
    private final String host;

    private StandaloneProxy(Ohhhllama ohhhllama, OhhhllamaProxy proxy, String host) {
        this.ohhhllama = ohhhllama;
        this.proxy = proxy;
        this.host = host;
    }

    static StandaloneProxy start(ProxySettings settings, Environment environment, Supplier<Partials> partials)
            throws IOException {
        ProxyMetrics metrics = new ProxyMetrics();
        Ohhhllama ohhhllama = queue(settings, environment, metrics);
        try {
            OhhhllamaProxy.Builder builder = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                    .listen(new InetSocketAddress(
                            settings.listen().host(), settings.listen().port()))
                    .backend(settings.backend().uri())
                    .connectTimeout(settings.backend().connectTimeout())
                    .access(settings.access())
                    .pullReply(settings.pullReply())
                    .zone(settings.queue().zone())
                    .partials(() -> partials.get().warning());
            OhhhllamaProxy proxy = (settings.metrics() ? builder.metrics(metrics) : builder).start();
            ohhhllama.start();
            return new StandaloneProxy(ohhhllama, proxy, settings.listen().host());
        } catch (IOException | RuntimeException failed) {
            ohhhllama.close();
            throw failed;
        }
    }

    private static Ohhhllama queue(ProxySettings settings, Environment environment, QueueListener listener) {
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
                .listener(listener)
                .minFree(night.disk().minFree())
                .stall(night.patience().minRate(), night.patience().after())
                .maxNights(night.patience().maxNights())
                .refresh(
                        night.fresh().every(),
                        night.fresh().models(),
                        night.fresh().pinned())
                .cleanup(Duration.ofDays(night.cleanupDays()));
        night.hours().calendar().ifPresent(builder::blackoutCalendar);
        night.fresh().wanted().ifPresent(builder::wanted);
        ModelFolder.of(settings, environment).ifPresent(builder::modelFolder);
        return (night.preflight() ? builder : builder.registry(Registry.NONE)).build();
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(host, proxy.port());
    }

    @Override
    public ScheduleStatus schedule() {
        return ohhhllama.queue().schedule();
    }

    /** The download is handed back at once; answers that are under way may take longer. */
    @Override
    public void close() {
        proxy.refuseNewRequests();
        ohhhllama.close();
        proxy.close();
    }
}
