package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.QueueStorageException.Reason;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorCommandTest {

    private static final String VERSION = "{\"version\":\"0.33.0\"}";

    private final ScriptedProxy proxy = new ScriptedProxy();
    private final ScriptedProxy ollama = new ScriptedProxy();
    private final CommandRun run = new CommandRun();

    @TempDir
    private Path directory;

    DoctorCommandTest() {
        run.variables.put("LISTEN_PORT", String.valueOf(proxy.port()));
        run.variables.put("OLLAMA_BACKEND", "http://127.0.0.1:" + ollama.port());
        proxy.then(200, StatusCommandTest.HEALTHY);
        ollama.then(404, "404 page not found").then(200, VERSION);
    }

    @AfterEach
    void close() {
        proxy.close();
        ollama.close();
    }

    @Test
    void saysThatAllIsWell() {
        run.timeElsewhere = Optional.of(run.clock.instant());

        assertThat(doctor()).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines().skip(1))
                .containsExactly(
                        "healthy  settings     The settings are in order.",
                        "healthy  proxy        An ohhhllama proxy answers at http://127.0.0.1:" + proxy.port() + '.',
                        "healthy  backend      Ollama answers. Version 0.33.0, http://127.0.0.1:" + ollama.port(),
                        "healthy  partials     Ollama runs with OLLAMA_NOPRUNE=1 and keeps half-finished downloads.",
                        "healthy  database     The database " + file() + " is whole.",
                        "healthy  models_disk  50 GB are free in /models, 2.0 GB are to stay free.",
                        "healthy  clock        It is 2026-11-23 13:00 CET (2026-11-23 12:00 UTC) by the clock and the"
                                + " zone Europe/Berlin, as by that of the models' registry.",
                        "",
                        "Nothing is to be done.");
        assertThat(run.out.toString()).startsWith("ohhhllama ");
    }

    @Test
    void saysWhatToDoForEachProblem() {
        run.partials = Partials.LOST;
        run.disk = new DiskStatus("/models", 100_000_000_000L, 1_000_000_000L, 2_000_000_000L, null);
        run.databaseTrouble = new QueueStorageException(
                Reason.UNAVAILABLE, "the queue's database /q.db is damaged: put a backup in its place", null);
        run.timeElsewhere = Optional.of(run.clock.instant().plus(Duration.ofHours(3)));
        proxy.close();
        ollama.close();

        assertThat(doctor()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out.toString())
                .contains(
                        "unhealthy  proxy        No proxy answers at http://127.0.0.1:" + proxy.port()
                                + " (connection refused).",
                        "unhealthy  database     The queue's database /q.db is damaged.",
                        "which is 3h0m behind that of the models' registry",
                        "  1. Start it: ohhhllama serve",
                        "  2. Start Ollama there: OLLAMA_HOST=127.0.0.1:" + ollama.port(),
                        "  3. Ollama runs without OLLAMA_NOPRUNE=1: whenever",
                        "  4. For the database: put a backup in its place.",
                        "  5. Free some space in /models, or lower DISK_MIN_FREE.",
                        "  6. Set the clock");
    }

    @Test
    void doubtsAreNoFailures() {
        run.partials = Partials.LOST;

        assertThat(doctor()).isEqualTo(ExitCode.DEGRADED);
    }

    @Test
    void whatCannotBeSeenIsSaidToBeSo() {
        run.partials = Partials.UNKNOWN;
        run.databaseThere = false;
        run.disk = new DiskStatus("", 0, 0, 0, "The folder of the models is not known.");

        assertThat(doctor()).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString())
                .contains(
                        "Whether Ollama runs with OLLAMA_NOPRUNE=1 cannot be seen from here.",
                        "There is no database " + file() + " yet; it is made when the proxy starts.",
                        "The folder of the models is not known.",
                        "no other clock could be asked.");
    }

    @Test
    void findsOllamaInTheProxysPlaceAndAProxyInOllamas() {
        run.variables.put("LISTEN_PORT", String.valueOf(ollama.port()));
        run.variables.put("OLLAMA_BACKEND", "http://127.0.0.1:" + proxy.port());

        assertThat(doctor()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out.toString())
                .contains(
                        "Ollama 0.33.0 itself answers at http://127.0.0.1:" + ollama.port(),
                        "1. Move Ollama to 127.0.0.1:" + proxy.port(),
                        "answers an ohhhllama proxy, no Ollama.");
    }

    @Test
    void namesAStranger() {
        ScriptedProxy stranger = new ScriptedProxy().then(200, "hello");
        run.variables.put("LISTEN_PORT", String.valueOf(stranger.port()));
        try (stranger) {
            doctor();
        }

        assertThat(run.out.toString()).contains("Something else answers at http://127.0.0.1:" + stranger.port() + ": ");
    }

    @Test
    void passesOnWhatTheRunningProxySays() {
        try (ScriptedProxy ailing = new ScriptedProxy().then(503, StatusCommandTest.UNHEALTHY)) {
            run.variables.put("LISTEN_PORT", String.valueOf(ailing.port()));
            assertThat(doctor()).isEqualTo(ExitCode.DEGRADED);
        }

        assertThat(run.out.toString()).contains(", and says: Ollama does not answer.");
    }

    @Test
    void noticesAQueueThatWasWrittenInTheFuture() throws Exception {
        Files.setLastModifiedTime(Files.createFile(file()), FileTime.from(Instant.parse("2027-01-01T00:00:00Z")));

        assertThat(doctor()).isEqualTo(ExitCode.DEGRADED);
        assertThat(run.out.toString()).contains("but the queue was written later than that.");
    }

    @Test
    void showsWrongSettingsWithAllElse() {
        run.variables.put("RATE_LIMIT", "many");

        assertThat(doctor()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out.toString())
                .contains(
                        "unhealthy  settings     RATE_LIMIT is \"many\"",
                        "healthy    backend",
                        "1. Correct the settings");
    }

    @Test
    void writesJsonForScripts() {
        run.partials = Partials.LOST;

        assertThat(doctor("--json")).isEqualTo(ExitCode.DEGRADED);
        assertThat(run.out.toString().strip())
                .startsWith("{\"status\":\"degraded\",\"checks\":{\"settings\":{\"status\":\"healthy\"")
                .contains("\"advice\":\"Ollama runs without OLLAMA_NOPRUNE=1: ")
                .endsWith("}");
    }

    private Path file() {
        return directory.resolve("queue.db");
    }

    private int doctor(String... more) {
        run.variables.put("DB_PATH", file().toString());
        String[] typed = new String[more.length + 1];
        typed[0] = "doctor";
        System.arraycopy(more, 0, typed, 1, more.length);
        return run.execute(typed);
    }
}
