package io.github.ohhhllama.proxy.internal.systemd;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd that the service lives for as long as it answers requests: a client that gets no answer is the one sign
 * of trouble that counts, whatever its cause. Thread-safe.
 */
public final class Watchdog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    /** Two signs may be lost before systemd acts. */
    private static final int SIGNS_A_TIMEOUT = 3;

    private final ServiceManager manager;
    private final URI probe;
    private final int patienceMillis;
    private final ScheduledExecutorService pulse;
    private final ScheduledFuture<?> beat;
    private final AtomicInteger misses = new AtomicInteger();

    private Watchdog(ServiceManager manager, URI probe, Duration interval) {
        this.manager = manager;
        this.probe = probe;
        patienceMillis = Math.toIntExact(interval.toMillis());
        pulse = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "ohhhllama-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        beat = pulse.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Looks after the service until it is closed.
     *
     * @param manager is told
     * @param timeout how long the manager waits for a sign
     * @param listening where the proxy is
     */
    public static Watchdog start(ServiceManager manager, Duration timeout, InetSocketAddress listening) {
        return new Watchdog(manager, health(listening), timeout.dividedBy(SIGNS_A_TIMEOUT));
    }

    /** Ends without a further sign. */
    @Override
    public void close() {
        beat.cancel(true);
        pulse.shutdown();
    }

    private static URI health(InetSocketAddress listening) {
        InetAddress address = listening.getAddress();
        String host = address == null || address.isAnyLocalAddress()
                ? InetAddress.getLoopbackAddress().getHostAddress()
                : address.getHostAddress();
        return URI.create(
                "http://" + (host.contains(":") ? '[' + host + ']' : host) + ':' + listening.getPort() + "/api/health");
    }

    /** Returns how many questions were not answered. */
    int misses() {
        return misses.get();
    }

    private void look() {
        try {
            ask();
            manager.alive();
        } catch (IOException | RuntimeException silent) {
            misses.incrementAndGet();
            LOG.warn("no answer to the watchdog's question {}: {}", probe, silent.toString());
        }
    }

    private void ask() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) probe.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(patienceMillis);
        connection.setReadTimeout(patienceMillis);
        try {
            connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }
}
