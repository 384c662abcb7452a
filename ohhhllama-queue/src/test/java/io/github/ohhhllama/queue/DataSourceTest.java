package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.Requester;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Hands the queue a data source instead of a file. */
final class DataSourceTest {

    private static final PullRequest WISH = PullRequest.of(ModelName.parse("phi3"), Requester.named("me"));

    @TempDir
    private Path directory;

    @Test
    void keepsTheQueueInTheFileBehindIt() {
        try (Ohhhllama ohhhllama = Ohhhllama.builder(source("queue.db")).build()) {
            ohhhllama.queue().enqueue(WISH);
        }

        try (Ohhhllama ohhhllama =
                Ohhhllama.builder(directory.resolve("queue.db")).build()) {
            assertThat(ohhhllama.queue().snapshot(Page.FIRST).queue()).hasSize(1);
        }
    }

    @Test
    void takesNoConnectionOutOfThePool() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source("queue.db"));
        config.setMaximumPoolSize(1);
        try (HikariDataSource pool = new HikariDataSource(config);
                Ohhhllama ohhhllama = Ohhhllama.builder(pool).build()) {
            ohhhllama.queue().enqueue(WISH);

            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @Test
    void leavesADatabaseOfTheApplicationAlone() throws SQLException {
        DataSource source = source("application.db");
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table customers (name text)");
        }

        assertThatThrownBy(() -> Ohhhllama.builder(source).build())
                .isInstanceOf(QueueStorageException.class)
                .hasMessageContaining("application.db holds the tables of another program");
    }

    @Test
    void refusesADatabaseInMemory() {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite::memory:");

        assertThatThrownBy(() -> Ohhhllama.builder(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the data source leads to a database in memory, expected one in a file");
    }

    @Test
    void refusesAnotherKindOfDatabase() {
        DatabaseMetaData data = answering(DatabaseMetaData.class, "PostgreSQL");
        Connection connection = answering(Connection.class, data);

        assertThatThrownBy(() -> Ohhhllama.builder(answering(DataSource.class, connection)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the data source leads to PostgreSQL, expected SQLite");
    }

    @Test
    void saysWhyThereIsNoConnection() {
        assertThatThrownBy(() -> Ohhhllama.builder(source("no/such/directory/queue.db")))
                .isInstanceOf(QueueStorageException.class)
                .hasMessageStartingWith("the data source gives no connection: ");
    }

    private DataSource source(String file) {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + directory.resolve(file));
        return source;
    }

    /** Returns something that gives the answer wherever it fits, since JDBC's interfaces are large. */
    private static <T> T answering(Class<T> type, Object answer) {
        Object stub = Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getReturnType().isInstance(answer) ? answer : null);
        return type.cast(stub);
    }
}
