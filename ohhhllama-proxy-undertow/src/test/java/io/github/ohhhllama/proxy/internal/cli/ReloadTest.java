package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits the settings file of a proxy that runs, and sends it a hang-up. */
final class ReloadTest {

    private final CommandRun run = new CommandRun();

    @TempDir
    private Path directory;

    private Path file;
    private CompletableFuture<Integer> exitCode = CompletableFuture.completedFuture(ExitCode.OK);

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("ohhhllama.conf");
    }

    @AfterEach
    void stop() {
        if (run.stop.get() != null) {
            Objects.requireNonNull(run.stop.get()).run();
        }
        assertThat(exitCode.join()).isEqualTo(ExitCode.OK);
    }

    @Test
    void takesOverWhatMayChangeAndSaysSo() throws IOException {
        serve("RATE_LIMIT=5");

        reload("RATE_LIMIT=7", "QUEUE_WINDOW=06:00");

        assertThat(reconfigured().rateLimit()).isEqualTo(7);
        assertThat(reconfigured().night().hours().end()).isEqualTo("06:00");
        assertThat(run.err.toString())
                .contains(
                        "RATE_LIMIT is \"7\" now (file " + file + ":1), it was \"5\".",
                        "QUEUE_WINDOW is \"06:00\" now (file " + file + ":2), it was \"\".",
                        "Read the settings again.");
    }

    @Test
    void namesWhatTakesARestartEveryTimeAndTakesOverTheRest() throws IOException {
        serve("");

        reload("LISTEN_PORT=12000", "RATE_LIMIT=7");
        reload("LISTEN_PORT=12000", "RATE_LIMIT=8");

        assertThat(reconfigured().rateLimit()).isEqualTo(8);
        assertThat(run.err.toString().lines().filter(line -> line.startsWith("LISTEN_PORT")))
                .hasSize(2)
                .containsOnly(
                        "LISTEN_PORT stays \"11434\" until the proxy is restarted, as clients are connected to the"
                                + " address that was opened; restart it to have \"12000\" (file " + file + ":1).");
    }

    @Test
    void changesNothingIfOneSettingIsWrong() throws IOException {
        serve("RATE_LIMIT=5");

        reload("RATE_LIMIT=7", "QUEUE_WINDWO=06:00", "STALL_AFTER=soon");

        assertThat(run.reconfigured.get()).isNull();
        assertThat(run.err.toString())
                .contains(
                        file + ":2: there is no setting \"QUEUE_WINDWO\", did you mean QUEUE_WINDOW?",
                        "STALL_AFTER is \"soon\" (file " + file + ":3), expected a length of time",
                        "The settings stay as they were, all of them");
    }

    @Test
    void changesNothingIfTheRulesRefuse() throws IOException {
        serve("");
        run.refusals.put(Setting.QUEUE_SCHEDULE, "a cron expression");

        reload("RATE_LIMIT=7", "QUEUE_SCHEDULE=soon");

        assertThat(run.reconfigured.get()).isNull();
        assertThat(run.err.toString()).contains("QUEUE_SCHEDULE is \"soon\"", "expected a cron expression");
    }

    @Test
    void changesNothingIfTheFileIsGone() throws IOException {
        serve("");
        Files.delete(file);
        hangUp();

        assertThat(run.reconfigured.get()).isNull();
        assertThat(run.err.toString())
                .contains("The settings file " + file + " cannot be read: there is no such file", "stay as they were");
    }

    @Test
    void saysThatTheQueueRefused() throws IOException {
        serve("RATE_LIMIT=5");
        run.reconfigureFailure = new IllegalArgumentException("it lies in the past");

        reload("RATE_LIMIT=7");
        run.reconfigureFailure = null;
        hangUp();

        assertThat(run.err.toString())
                .contains("The settings stay as they were, all of them: it lies in the past", "it was \"5\"");
    }

    @Test
    void flagsAndEnvironmentGoOnToWin() throws IOException {
        run.variables.put("RATE_LIMIT", "3");
        serve("", "--queue-schedule", "@daily");

        reload("RATE_LIMIT=7", "QUEUE_SCHEDULE=@hourly");

        assertThat(reconfigured().rateLimit()).isEqualTo(3);
        assertThat(reconfigured().schedule()).isEqualTo("@daily");
        assertThat(run.err.toString()).contains("Read the settings again; nothing has changed.");
    }

    @Test
    void systemdHearsOfIt() throws IOException {
        Path heard = directory.resolve("heard");
        Path program = directory.resolve("systemd-notify");
        Files.writeString(program, "#!/bin/sh\necho \"$1\" >> " + heard + '\n');
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        run.variables.put("PATH", directory.toString());
        run.variables.put("NOTIFY_SOCKET", "/run/systemd/notify");
        serve("");
        await().until(() -> Files.exists(heard));

        reload("RATE_LIMIT=x");

        assertThat(heard).hasContent("READY=1\nRELOADING=1\nREADY=1\n");
    }

    @Test
    void nothingIsReadOnceTheStopHasBegun() throws IOException {
        serve("");
        Objects.requireNonNull(run.stop.get()).run();

        reload("RATE_LIMIT=7");

        assertThat(run.reconfigured.get()).isNull();
        assertThat(run.err.toString()).doesNotContain("again");
    }

    @Test
    void atATerminalAHangUpEndsTheProxy() throws IOException {
        run.interactive = true;
        serve("");

        assertThat(run.hangUp.get()).isNull();
    }

    private QueueSettings reconfigured() {
        return Objects.requireNonNull(run.reconfigured.get()).queue();
    }

    private void serve(String line, String... more) throws IOException {
        Files.writeString(file, line + '\n');
        String[] arguments = new String[3 + more.length];
        arguments[0] = "serve";
        arguments[1] = "--config";
        arguments[2] = file.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        exitCode = CompletableFuture.supplyAsync(() -> run.execute(arguments));
        await().until(() -> run.interactive ? run.err.toString().contains("next start") : run.hangUp.get() != null);
    }

    private void reload(String... lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + '\n');
        hangUp();
    }

    private void hangUp() {
        Objects.requireNonNull(run.hangUp.get()).run();
    }
}
