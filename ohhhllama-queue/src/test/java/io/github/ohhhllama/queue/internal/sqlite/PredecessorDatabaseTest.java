package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.Adoption;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PredecessorDatabaseTest {

    private static final String QUEUE_AS_IT_WAS = """
            create table queue (id integer primary key autoincrement, model text not null,%s
                requester_ip text not null, status text default 'pending', error text,
                created_at timestamp default current_timestamp, updated_at timestamp default current_timestamp)
            """;
    private static final String LIMITS_AS_THEY_WERE = """
            create table rate_limits (id integer primary key autoincrement, ip_address text not null,
                request_date date not null, request_count integer default 1, unique(ip_address, request_date))
            """;

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void layOut() throws SQLException {
        file = directory.resolve("queue.db");
        Sqlite.run(file, QUEUE_AS_IT_WAS.formatted(" type text default 'ollama',"));
        Sqlite.run(file, LIMITS_AS_THEY_WERE);
        Sqlite.run(file, "create index idx_queue_status on queue(status)");
    }

    @Test
    void whatWaitedWaitsInTheSameOrder() throws SQLException {
        Sqlite.run(
                file,
                "insert into queue (model, requester_ip, status, created_at) values"
                        + " ('mistral', '10.0.0.7', 'pending', '2026-11-20 09:15:00'),"
                        + " ('llama3:70b', '10.0.0.8', 'downloading', '2026-11-19 08:00:00')");

        Adoption adoption = adopt();

        assertThat(adoption.waiting()).isEqualTo(2);
        assertThat(rows("model || ' ' || requester_ip || ' ' || created_at || ' ' || model_key"))
                .containsExactly(
                        "llama3:70b 10.0.0.8 2026-11-19T08:00:00.000Z registry.ollama.ai/library/llama3:70b",
                        "mistral 10.0.0.7 2026-11-20T09:15:00.000Z registry.ollama.ai/library/mistral:latest");
        assertThat(rows("status")).containsOnly("pending");
    }

    @Test
    void whatEndedIsHistoryWithItsError() throws SQLException {
        Sqlite.run(
                file,
                "insert into queue (model, requester_ip, status, error) values"
                        + " ('phi3', 'a', 'completed', null), ('nope', 'a', 'failed', 'pull failed')");

        assertThat(adopt().ended()).isEqualTo(2);
        assertThat(rows("status || ' ' || coalesce(error, '-')")).containsExactly("completed -", "failed pull failed");
    }

    @Test
    void spellingsOfOneModelBecomeOneEntry() throws SQLException {
        Sqlite.run(
                file,
                "insert into queue (model, requester_ip) values ('mistral', 'a'), ('Mistral:latest', 'b'), ('phi3', 'a')");

        Adoption adoption = adopt();

        assertThat(adoption.waiting()).isEqualTo(2);
        assertThat(adoption.repeated()).isEqualTo(1);
        assertThat(rows("model")).containsExactly("mistral", "phi3");
    }

    @Test
    void modelsOfHuggingFaceArePulledByOllamaIfTheyAreGguf() throws SQLException {
        Sqlite.run(
                file,
                "insert into queue (model, type, requester_ip) values"
                        + " ('{\"repo_id\":\"TheBloke/Phi-GGUF\",\"quant\":\"Q4_K_M\"}', 'huggingface', 'a'),"
                        + " ('{\"repo_id\":\"meta/Big\",\"quant\":\"Q4_K_M\"}', 'huggingface', 'a'),"
                        + " ('nginx:latest', 'docker', 'a'), ('a/b/c/d/e', 'ollama', 'a')");

        Adoption adoption = adopt();

        assertThat(adoption.waiting()).isEqualTo(1);
        assertThat(adoption.refused()).isEqualTo(3);
        assertThat(rows("model || ' ' || status || ' ' || coalesce(error, '-')"))
                .containsExactly(
                        "hf.co/TheBloke/Phi-GGUF:Q4_K_M pending -",
                        "hf.co/meta/Big:Q4_K_M failed a Hugging Face repository without GGUF files, which Ollama cannot pull",
                        "nginx:latest failed a Docker image, which Ollama cannot pull: use docker pull",
                        "a/b/c/d/e failed invalid model name");
    }

    @Test
    void aFileWithoutKindsIsOneOfModels() throws SQLException {
        file = directory.resolve("first.db");
        Sqlite.run(file, QUEUE_AS_IT_WAS.formatted(""));
        Sqlite.run(file, "insert into queue (model, requester_ip, created_at) values ('phi3', 'a', 'yesterday')");

        assertThat(adopt().waiting()).isEqualTo(1);
        assertThat(rows("created_at")).containsExactly("2026-11-23T12:00:00.000Z");
    }

    @Test
    void todaysLimitIsNotGivenTwice() throws SQLException {
        Sqlite.run(
                file,
                "insert into rate_limits (ip_address, request_date, request_count) values ('a', '2026-11-23', 4)");

        adopt();

        assertThat(Sqlite.ask(file, "select client || ' ' || day || ' ' || used from rate_limits"))
                .containsExactly("a 2026-11-23 4");
    }

    @Test
    void aCopyOfTheOldFileStaysBesideItForTheSameEyes() throws SQLException, IOException {
        Sqlite.run(file, "insert into queue (model, requester_ip) values ('phi3', 'a')");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        Path backup = adopt().backup();

        assertThat(backup).isEqualTo(directory.resolve("queue.db.predecessor-20261123T120000Z"));
        assertThat(Sqlite.ask(backup, "select model || type from queue")).containsExactly("phi3ollama");
        assertThat(List.of(file, backup))
                .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rw-r-----"));
        assertThat(directory).isDirectoryNotContaining("glob:**adopting*");
    }

    @Test
    void aSecondTimeNothingHappens() throws SQLException {
        adopt();

        assertThat(Adoption.adopt(file, clock)).isEmpty();
    }

    @Test
    void otherFilesAreLeftAlone() throws SQLException {
        Path foreign = directory.resolve("foreign.db");
        Sqlite.run(foreign, "create table queue (id integer, model text)");

        assertThat(Adoption.adopt(foreign, clock)).isEmpty();
        assertThat(Adoption.adopt(directory.resolve("missing.db"), clock)).isEmpty();
        assertThat(directory.resolve("missing.db")).doesNotExist();
    }

    @Test
    void whatIsNoDatabaseIsRefusedUnchanged() throws IOException {
        Path text = Files.writeString(directory.resolve("text.db"), "not a database, but long enough to look at it");

        assertThatThrownBy(() -> Adoption.adopt(text, clock))
                .isInstanceOf(QueueStorageException.class)
                .hasMessageContaining("text.db");
        assertThat(text).hasContent("not a database, but long enough to look at it");
    }

    private Adoption adopt() {
        return Adoption.adopt(file, clock).orElseThrow();
    }

    private List<String> rows(String columns) throws SQLException {
        return Sqlite.ask(file, "select " + columns + " from queue order by id");
    }
}
