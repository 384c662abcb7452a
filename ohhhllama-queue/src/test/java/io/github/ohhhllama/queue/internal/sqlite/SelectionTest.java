package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.EntryFilter;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.conf.ParamType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SelectionTest {

    private static final EntryFilter ALL = EntryFilter.ALL;
    private static final ModelName LLAMA = ModelName.parse("llama3");

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;
    private Database database;
    private QueueStore store;

    @BeforeEach
    void open() {
        file = directory.resolve("queue.db");
        database = Database.open(file, clock);
        store = new QueueStore(database, clock, clock::instant);
    }

    @AfterEach
    void close() {
        database.close();
    }

    static Stream<EntryFilter> filters() {
        return Stream.of(ALL, ALL.of(LLAMA))
                .flatMap(filter -> Stream.of(filter, filter.in(EntryState.COMPLETED)))
                .flatMap(filter -> Stream.of(filter, filter.by("192.0.2.1")));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void goesFromTheNewestRowOnUntilThePageIsFull(EntryFilter filter) {
        List<String> plan = database.read(context -> context.fetch("explain query plan "
                        + Selection.query(context, filter, Page.FIRST).getSQL(ParamType.INLINED))
                .getValues("detail", String.class));

        assertThat(plan).containsExactly("SCAN queue");
    }

    @Test
    void listsWhatEndedTooAndLeavesOutWhatIsNoName() throws SQLException {
        Sqlite.run(file, """
                insert into queue (model, requester_ip, status, error) values
                    ('llama3', 'ann', 'completed', null), ('phi3', 'ann', 'failed', 'gone'),
                    ('no name', 'ann', 'failed', 'invalid model name'), ('library/llama3', 'bob', 'pending', null)
                """);

        assertThat(numbers(ALL)).containsExactly(4L, 2L, 1L);
        assertThat(numbers(ALL.of(LLAMA))).containsExactly(4L, 1L);
        assertThat(numbers(ALL.of(LLAMA).in(EntryState.COMPLETED))).containsExactly(1L);
        assertThat(numbers(ALL.by("ann"))).containsExactly(2L, 1L);
        assertThat(numbers(ALL.by("ann").in(EntryState.FAILED))).containsExactly(2L);
        assertThat(numbers(ALL.by("bob").of(LLAMA))).containsExactly(4L);
    }

    private List<Long> numbers(EntryFilter filter) {
        return store.list(filter, Page.FIRST).stream().map(entry -> entry.id()).toList();
    }
}
