package io.github.ohhhllama.proxy.internal.cli;

import static io.github.ohhhllama.proxy.internal.cli.StatusCommandTest.BUSY;
import static io.github.ohhhllama.proxy.internal.cli.StatusCommandTest.HEALTHY;
import static io.github.ohhhllama.proxy.internal.cli.StatusCommandTest.PLAN;
import static io.github.ohhhllama.proxy.internal.cli.StatusCommandTest.RESTING;
import static io.github.ohhhllama.proxy.internal.cli.StatusCommandTest.UNHEALTHY;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.process.ExitCode;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WatchCommandTest {

    private final ScriptedProxy proxy = new ScriptedProxy();
    private final CommandRun run = new CommandRun();

    WatchCommandTest() {
        run.variables.put("LISTEN_PORT", String.valueOf(proxy.port()));
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void writesALineForEachChangeWhereNobodyLooks() {
        String further = BUSY.replace("\"completed\":1000000000", "\"completed\":1010000000");
        String muchFurther = BUSY.replace("\"completed\":1000000000", "\"completed\":3000000000");
        proxy.then(200, HEALTHY).then(200, RESTING);
        proxy.then(200, HEALTHY).then(200, BUSY).then(200, PLAN);
        proxy.then(200, HEALTHY).then(200, further).then(200, PLAN);
        proxy.then(503, UNHEALTHY).then(200, muchFurther).then(200, PLAN);
        proxy.then(200, HEALTHY).then(200, ended());
        run.interruptAfter(4);

        assertThat(watch()).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines())
                .containsExactly(
                        "2026-11-23T13:00:00+01:00 http://127.0.0.1:" + proxy.port() + " is healthy",
                        "2026-11-23T13:00:00+01:00 the queue rests, next start 2026-11-24 03:00 CET",
                        "2026-11-23T13:00:01+01:00 the queue has been running since 2026-11-23 12:00 CET",
                        "2026-11-23T13:00:01+01:00 the queue is paused until 20:00",
                        "2026-11-23T13:00:01+01:00 mistral: pulling 99271  25% of 4.0 GB, 10 MB/s, 5m0s left",
                        "2026-11-23T13:00:01+01:00 llama2:70b: waiting, position 2, start unknown",
                        "2026-11-23T13:00:03+01:00 http://127.0.0.1:" + proxy.port() + " is unhealthy",
                        "2026-11-23T13:00:03+01:00 backend is unhealthy: Ollama does not answer.",
                        "2026-11-23T13:00:03+01:00 mistral: pulling 99271  75% of 4.0 GB, 10 MB/s, 1m40s left",
                        "2026-11-23T13:00:04+01:00 http://127.0.0.1:" + proxy.port() + " is healthy",
                        "2026-11-23T13:00:04+01:00 backend is healthy: Ollama answers.",
                        "2026-11-23T13:00:04+01:00 the queue rests, next start 2026-11-24 03:00 CET",
                        "2026-11-23T13:00:04+01:00 the pause has ended",
                        "2026-11-23T13:00:04+01:00 mistral: completed",
                        "2026-11-23T13:00:04+01:00 llama2:70b: taken off the queue");
    }

    @Test
    void goesOnWhenTheProxyIsGoneForAWhile() {
        proxy.then(200, HEALTHY)
                .then(200, RESTING)
                .then(502, "")
                .then(502, "")
                .then(200, HEALTHY)
                .then(200, RESTING);
        run.interruptAfter(3);

        assertThat(watch()).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString())
                .containsOnlyOnce("is not an ohhhllama proxy (status 502)")
                .endsWith("2026-11-23T13:00:03+01:00 http://127.0.0.1:" + proxy.port() + " is healthy"
                        + System.lineSeparator());
    }

    @Test
    void doesNotBeginWithoutAProxy() {
        proxy.close();

        assertThat(watch()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err.toString()).contains("no proxy answers at http://127.0.0.1:" + proxy.port());
    }

    @Test
    void drawsInPlaceOnATerminalAndLeavesItAsItWas() {
        proxy.then(200, HEALTHY).then(200, RESTING).then(502, "");
        run.interactive = true;
        run.interruptAfter(1);

        assertThat(watch()).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString())
                .startsWith("http://127.0.0.1:" + proxy.port() + " is \u001b[32mhealthy")
                .contains("\r\u001b[8A\u001b[31mThe proxy does not answer; it is asked again.");
        Objects.requireNonNull(run.stop.get()).run();
        assertThat(run.out.toString()).endsWith("\u001b[0m" + System.lineSeparator());
    }

    @Test
    void writesJsonWheneverItChanged() {
        proxy.then(200, HEALTHY)
                .then(200, RESTING)
                .then(200, HEALTHY)
                .then(200, RESTING)
                .then(503, UNHEALTHY);
        proxy.then(200, RESTING);
        run.interruptAfter(2);

        assertThat(watch("--json")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line).startsWith("{\"status\":\"").endsWith("\"plan\":null}"));
    }

    private int watch(String... options) {
        String[] typed = new String[options.length + 1];
        typed[0] = "watch";
        System.arraycopy(options, 0, typed, 1, options.length);
        int exitCode = run.execute(typed);
        assertThat(Thread.interrupted()).as("the pause that ended it").isEqualTo(exitCode == ExitCode.OK);
        return exitCode;
    }

    private static String ended() {
        return RESTING.replace(
                "\"recent\":[]", "\"recent\":[{\"id\":2,\"model\":\"mistral\",\"status\":\"completed\"}]");
    }
}
