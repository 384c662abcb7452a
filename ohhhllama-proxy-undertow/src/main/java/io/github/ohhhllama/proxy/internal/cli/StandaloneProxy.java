package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.ProxySettings.QueueSettings;
import io.github.ohhhllama.queue.Ohhhllama;
import java.io.IOException;
import java.net.InetSocketAddress;

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

    static StandaloneProxy start(ProxySettings settings) throws IOException {
        Ohhhllama ohhhllama = queue(settings);
        try {
            OhhhllamaProxy proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                    .listen(new InetSocketAddress(
                            settings.listen().host(), settings.listen().port()))
                    .backend(settings.backend().uri())
                    .connectTimeout(settings.backend().connectTimeout())
                    .access(settings.access())
                    .pullReply(settings.pullReply())
                    .zone(settings.queue().zone())
                    .start();
            ohhhllama.start();
            return new StandaloneProxy(ohhhllama, proxy, settings.listen().host());
        } catch (IOException | RuntimeException failed) {
            ohhhllama.close();
            throw failed;
        }
    }

    private static Ohhhllama queue(ProxySettings settings) {
        QueueSettings queue = settings.queue();
        return Ohhhllama.builder(queue.database())
                .backend(settings.backend().uri())
                .connectTimeout(settings.backend().connectTimeout())
                .schedule(queue.schedule())
                .zone(queue.zone())
                .rateLimit(queue.rateLimit())
                .silence(queue.stallTimeout())
                .build();
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
