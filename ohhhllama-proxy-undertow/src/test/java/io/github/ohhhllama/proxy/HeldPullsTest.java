package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.testing.InMemoryQueueService;
import io.github.ohhhllama.testing.InMemoryRateLimiter;
import io.github.ohhhllama.testing.SettableClock;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Counts who waits. */
final class HeldPullsTest {

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");
    private final HeldPulls pulls = new HeldPulls(
            new InMemoryQueueService(new InMemoryRateLimiter(5, clock), clock),
            new Wording(() -> ZoneOffset.UTC, clock),
            clock);

    @Test
    void countsNobodyWhoLeftBeforeTheWaitBegan() throws Exception {
        Vigil vigil =
                new Vigil(Wish.pull(ModelName.parse("mistral"), false, false, null), 1, clock.instant(), Instant.MAX);
        CompletableFuture<Long> counted = new CompletableFuture<>();
        Undertow server = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setHandler(exchange -> exchange.dispatch(() -> {
                    exchange.endExchange();
                    counted.completeAsync(
                            () -> {
                                pulls.hold(exchange, vigil);
                                return pulls.count();
                            },
                            Runnable::run);
                }))
                .build();
        server.start();
        try {
            InetSocketAddress address =
                    (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
            Call.of(address.getPort(), "GET", "/").send();
            assertThat(counted.get(10, TimeUnit.SECONDS)).isZero();
        } finally {
            server.stop();
        }
    }
}
