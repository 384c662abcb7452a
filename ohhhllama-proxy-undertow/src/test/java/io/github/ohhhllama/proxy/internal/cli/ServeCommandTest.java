package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.ollama.FakeOllama;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {

    private final CommandRun run = new CommandRun();

    @Test
    void saysWhatRunsWhereAndStopsInGoodOrder() {
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(() -> run.execute("serve", "--listen-port", "0", "--db-path", "/x/q.db"));
        await().until(() -> run.err.toString().contains("next start"));
        Objects.requireNonNull(run.stop.get()).run();

        assertThat(exitCode.join()).isEqualTo(ExitCode.OK);
        assertThat(run.closed).isTrue();
        assertThat(run.err.toString().lines().skip(1))
                .containsExactly(
                        "  backend   http://127.0.0.1:11435",
                        "  database  /x/q.db",
                        "  schedule  0 3 * * * (Europe/Berlin), next start 2026-11-24 03:00 CET (2026-11-24 02:00 UTC)",
                        "Stopping; answers that are under way may end first.");
        assertThat(run.err.toString().lines().findFirst().orElseThrow())
                .startsWith("ohhhllama ")
                .endsWith("listens on http://127.0.0.1:4711");
        assertThat(run.out.toString()).isEmpty();
    }

    @Test
    void aDatabaseThatCannotBeAskedNowKeepsNobodyFromOllama() {
        run.databaseTrouble =
                new QueueStorageException(QueueStorageException.Reason.FULL, "/x/q.db: the disk is full", null);
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> run.execute("serve"));
        await().until(() -> exitCode.isDone() || run.err.toString().contains("warning"));
        assertThat(run.err.toString())
                .contains("  schedule  0 3 * * * (Europe/Berlin)\n", "  warning   /x/q.db: the disk is full\n");

        Objects.requireNonNull(run.stop.get()).run();

        assertThat(exitCode.join()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aPortInUseIsNamedWithWhatHelps() {
        run.startFailure = new IllegalStateException(new BindException("Address already in use"));

        assertThat(run.execute("serve")).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString()).contains("port 11434 is in use (127.0.0.1:11434)", "--listen-port");
    }

    @Test
    void anAddressOfAnotherMachineIsNamed() {
        run.startFailure = new BindException("Cannot assign requested address");

        assertThat(run.execute("serve", "--listen-host", "192.0.2.1")).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString()).contains("192.0.2.1:11434 cannot be listened on");
    }

    @Test
    void aNameThatStandsForNoAddressIsNamed() {
        run.variables.put("LISTEN_HOST", "nosuchhost.invalid");
        run.startFailure = new UnknownHostException("nosuchhost.invalid");

        assertThat(run.execute("serve")).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString())
                .contains("LISTEN_HOST is \"nosuchhost.invalid\"", "expected an address of this machine");
    }

    @Test
    void wrongSettingsStartNothing() {
        assertThat(run.execute("serve", "--rate-limit", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(run.started.get()).isNull();
    }

    @Test
    void withOllamaNeedsOne() throws IOException {
        run.variables.put("PATH", "/nonexistent");

        assertThat(run.execute("serve", "--with-ollama", "--ollama-backend", "127.0.0.1:" + freePort()))
                .isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString()).contains("found no program \"ollama\" on the PATH");
    }

    @Test
    void withOllamaNeedsABackendOnThisMachine() {
        assertThat(run.execute("serve", "--with-ollama", "--ollama-backend", "nowhere.invalid:11435"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString()).contains("expected an address of this machine");
    }

    @Test
    void withOllamaLeavesOneThatIsThereAlone() throws IOException {
        try (ServerSocket there = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            run.startFailure = new IOException("enough");
            run.execute("serve", "--with-ollama", "--ollama-backend", "127.0.0.1:" + there.getLocalPort());
        }

        assertThat(run.err.toString()).contains("already: it is used as it is, and not ended with ohhhllama.");
    }

    @Test
    void withOllamaRunsOneAndEndsIt(@TempDir Path directory) throws IOException {
        Path program = FakeOllama.write(directory, "echo \"host $OLLAMA_HOST\"; exec sleep 1000");
        run.variables.put("PATH", directory.toString());
        int port = freePort();
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() ->
                run.execute("serve", "--with-ollama", "--listen-port", "0", "--ollama-backend", "127.0.0.1:" + port));
        await().until(() -> run.err.toString().contains("[ollama] host 127.0.0.1:" + port));
        await().until(() -> run.err.toString().contains("next start"));
        Objects.requireNonNull(run.stop.get()).run();

        assertThat(exitCode.join()).isEqualTo(ExitCode.OK);
        assertThat(run.err.toString()).contains("Starting " + program);
        assertThat(FakeOllama.runs(directory)).isFalse();
        assertThat(Files.exists(program)).isTrue();
    }

    @Test
    void systemdHearsOfStartAndStop(@TempDir Path directory) throws IOException {
        Path heard = directory.resolve("heard");
        Path program = directory.resolve("systemd-notify");
        Files.writeString(program, "#!/bin/sh\necho \"$@\" >> " + heard + '\n');
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        run.variables.put("PATH", directory.toString());
        run.variables.put("NOTIFY_SOCKET", "/run/systemd/notify");
        CompletableFuture<Integer> exitCode =
                CompletableFuture.supplyAsync(() -> run.execute("serve", "--listen-port", "0", "--db-path", "/x/q.db"));
        await().until(() -> Files.exists(heard));
        Objects.requireNonNull(run.stop.get()).run();

        assertThat(exitCode.join()).isEqualTo(ExitCode.OK);
        assertThat(heard).hasContent("READY=1\nSTOPPING=1\n");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
