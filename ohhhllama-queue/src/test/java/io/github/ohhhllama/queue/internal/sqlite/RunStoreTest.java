package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
        Run run = runs.startRun(Run.Cause.SCHEDULE, null).orElseThrow();
        clock.advance(Duration.ofHours(1));

        assertThat(run).isEqualTo(new Run(1, Run.Cause.SCHEDULE, run.startedAt(), null));
        assertThat(runs.startRun(Run.Cause.OPERATOR, null)).isEmpty();
        assertThat(runs.currentRun()).contains(run);
    }

    @Test
    void finishedRunMakesRoomForTheNext() {
        Run first = runs.startRun(Run.Cause.SCHEDULE, null).orElseThrow();
        runs.finishRun(first);
        assertThat(runs.currentRun()).isEmpty();

        Run second = runs.startRun(Run.Cause.OPERATOR, null).orElseThrow();
        runs.finishRun(first);
        assertThat(runs.currentRun()).contains(second);
    }

    @Test
    void runEndsWhenItIsTold() {
        Instant end = clock.instant().plusSeconds(60);
        Run run = runs.startRun(Run.Cause.SCHEDULE, end).orElseThrow();
        assertThat(run.until()).isEqualTo(end);

        runs.setUntil(run.id(), end.plusSeconds(1));
        assertThat(runs.currentRun()).map(Run::until).contains(end.plusSeconds(1));
    }

    @Test
    void endsWhenAPersonSaysWhateverTheScheduleSaysLater() {
        Instant end = clock.instant().plusSeconds(60);
        Run run = runs.startRun(Run.Cause.SCHEDULE, end).orElseThrow();

        assertThat(runs.prolong(run, end.plusSeconds(60))).isTrue();
        runs.setUntil(run.id(), end);
        Run longer = new Run(run.id(), Run.Cause.OPERATOR, run.startedAt(), end.plusSeconds(60));
        assertThat(runs.currentRun()).contains(longer);

        assertThat(runs.prolong(run, end.plusSeconds(90))).isFalse();
        assertThat(runs.finishRun(run)).isFalse();
        assertThat(runs.currentRun()).contains(longer);

        assertThat(runs.finishRun(longer)).isTrue();
        assertThat(runs.prolong(longer, end.plusSeconds(90))).isFalse();
        assertThat(runs.currentRun()).isEmpty();
    }
}
