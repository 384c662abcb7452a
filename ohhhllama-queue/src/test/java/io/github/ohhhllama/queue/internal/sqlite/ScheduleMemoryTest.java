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

final class ScheduleMemoryTest {

    private final SettableClock clock = SettableClock.at("2026-11-23T03:00:00.999999Z");

    @TempDir
    private Path directory;

    private Database database;
    private ScheduleMemory memory;

    @BeforeEach
    void open() {
        database = Database.open(directory.resolve("queue.db"), clock);
        memory = new ScheduleMemory(database, clock);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void newScheduleCountsFromNowAndIsRemembered() {
        Instant first = memory.consideredUntil("0 3 * * *", "Europe/Berlin");
        clock.advance(Duration.ofDays(3));

        assertThat(first).isEqualTo(Instant.parse("2026-11-23T03:00:00.999Z"));
        assertThat(memory.consideredUntil("0 3 * * *", "Europe/Berlin")).isEqualTo(first);
    }

    @Test
    void changedScheduleCountsFromNow() {
        memory.consideredUntil("0 3 * * *", "Europe/Berlin");
        clock.set(Instant.parse("2026-11-24T00:00:00Z"));

        assertThat(memory.consideredUntil("0 4 * * *", "Europe/Berlin")).isEqualTo(clock.instant());
        clock.advance(Duration.ofHours(1));
        assertThat(memory.consideredUntil("0 4 * * *", "UTC")).isEqualTo(clock.instant());
    }

    @Test
    void onlyOneActsOnADueStart() {
        Instant from = memory.consideredUntil("0 3 * * *", "UTC");
        Instant to = from.plusSeconds(60);

        assertThat(memory.advance(from, to)).isTrue();
        assertThat(memory.advance(from, to)).isFalse();
        assertThat(memory.consideredUntil("0 3 * * *", "UTC")).isEqualTo(to);
    }
}
