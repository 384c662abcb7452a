package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

final class NotifyCommandTest {

    private final CommandRun run = new CommandRun();

    @Test
    void showsWhoIsToldWhatAndNoSecret() {
        run.variables.put("NOTIFY_URL", "ntfy+https://:tk_s3cret@ntfy.sh/s3cret https://example.com/s3cret");
        run.variables.put("NOTIFY_ON", "failed");

        assertThat(run.execute("notify")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString()).isEqualToNormalizingNewlines("""
                        ntfy+https://ntfy.sh/…  is told of failed
                        json+https://example.com/…  is told of failed
                        """);
    }

    @Test
    void sendsATestAndSaysWhatBecameOfIt() throws IOException {
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/good", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        String base = "http://127.0.0.1:" + receiver.getAddress().getPort();
        try {
            run.variables.put("NOTIFY_URL", base + "/good");
            assertThat(run.execute("notify", "--test")).isEqualTo(ExitCode.OK);
            assertThat(run.out.toString()).contains("json+" + base + "/…  took the message: it answered 204");

            run.variables.put("NOTIFY_URL", base + "/good, slack+" + base + "/bad");
            assertThat(run.execute("notify", "--test")).isEqualTo(ExitCode.FAILED);
            assertThat(run.out.toString())
                    .contains("slack+" + base + "/…  did not take the message: it answered 404")
                    .contains("correct NOTIFY_URL");
        } finally {
            receiver.stop(0);
        }
    }

    @Test
    void needsSomebodyToTell() {
        assertThat(run.execute("notify", "--test")).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString()).contains("NOTIFY_URL is not set");
    }

    @Test
    void checkConfigShowsNoSecret() {
        run.variables.put("NOTIFY_URL", "slack+https://hooks.slack.com/services/s3cret");
        run.variables.put("NOTIFY_SECRET", "s3cret");

        assertThat(run.execute("check-config")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString())
                .contains("slack+https://hooks.slack.com/…")
                .doesNotContain("s3cret");
    }

    @Test
    void whatIsWrongIsNamedWithoutTheSecret() {
        run.refusals.put(Setting.NOTIFY_URL, "addresses");
        run.variables.put("NOTIFY_URL", "hooks.slack.com/services/s3cret");

        assertThat(run.execute("notify")).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString())
                .contains("NOTIFY_URL is \"…\" (environment NOTIFY_URL), expected addresses")
                .doesNotContain("s3cret");
    }
}
