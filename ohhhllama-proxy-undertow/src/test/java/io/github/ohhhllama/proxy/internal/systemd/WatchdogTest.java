package io.github.ohhhllama.proxy.internal.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

final class WatchdogTest {

    private static final Duration TIMEOUT = Duration.ofMillis(90);

    private final BlockingQueue<List<String>> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final ServiceManager manager = new ServiceManager(heard::add, Optional.of(TIMEOUT));

    @Test
    void givesSignsOfLifeWhileThereAreAnswersWhateverTheySay() throws IOException, InterruptedException {
        HttpServer server = server();
        try (Watchdog watchdog = Watchdog.start(manager, TIMEOUT, server.getAddress())) {
            assertThat(heard.take()).containsExactly("READY=1", "WATCHDOG=1");
            assertThat(heard.take()).contains("WATCHDOG=1");
            assertThat(asked).contains("/api/health");
            assertThat(watchdog).isNotNull();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void asksTheLoopbackIfEveryAddressIsListenedOn() throws IOException, InterruptedException {
        HttpServer server = server();
        InetSocketAddress every =
                new InetSocketAddress("0.0.0.0", server.getAddress().getPort());
        try (Watchdog watchdog = Watchdog.start(manager, TIMEOUT, every)) {
            assertThat(heard.take()).contains("WATCHDOG=1");
            assertThat(watchdog).isNotNull();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void isSilentWhenNobodyAnswers() throws IOException, InterruptedException {
        HttpServer server = server();
        try (Watchdog watchdog = Watchdog.start(manager, TIMEOUT, server.getAddress())) {
            heard.take();
            server.stop(0);
            await().until(() -> watchdog.misses() > 1);
            heard.clear();
            await().until(() -> watchdog.misses() > 3);
        }

        assertThat(heard).isEmpty();
    }

    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
