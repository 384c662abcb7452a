package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunStoreTest {

    private final SettableClock clock = SettableClock.at("2026-11-23T03:00:00Z");

    @TempDir
    private Path directory;

    private Database database;
    private RunStore runs;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("queue.db"), clock);
        runs = new RunStore(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void oneRunAtATime() {
        Run run = runs.startRun(Run.Cause.SCHEDULE).orElseThrow();
        clock.advance(Duration.ofHours(1));

        assertThat(run).isEqualTo(new Run(1, Run.Cause.SCHEDULE, run.startedAt()));
        assertThat(runs.startRun(Run.Cause.OPERATOR)).isEmpty();
        assertThat(runs.currentRun()).contains(run);
    }

    @Test
    void finishedRunMakesRoomForTheNext() {
        Run first = runs.startRun(Run.Cause.SCHEDULE).orElseThrow();
        runs.finishRun(first.id());
        assertThat(runs.currentRun()).isEmpty();

        Run second = runs.startRun(Run.Cause.OPERATOR).orElseThrow();
        runs.finishRun(first.id());
        assertThat(runs.currentRun()).contains(second);
    }
}
