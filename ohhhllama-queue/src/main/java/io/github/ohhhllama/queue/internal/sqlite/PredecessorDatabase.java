package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Is the file in which the bash and Python program of the same name keeps its queue. Not thread-safe. */
public final class PredecessorDatabase {

    private static final Set<String> COLUMNS =
            Set.of("id", "model", "requester_ip", "status", "error", "created_at", "updated_at");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path file;
    private final Clock clock;

    private PredecessorDatabase(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * Looks whether a file is the predecessor's.
     *
     * @param file any path
     * @param clock dates the backup
     * @throws QueueStorageException if it cannot be read
     */
    public static Optional<PredecessorDatabase> at(Path file, Clock clock) {
        PredecessorDatabase candidate = new PredecessorDatabase(file.toAbsolutePath(), clock);
        return Files.exists(file) && candidate.isRecognised() ? Optional.of(candidate) : Optional.empty();
    }

    /**
     * Puts a database of ours with the same entries in the place of the file, and a copy of the file beside it.
     *
     * @throws QueueStorageException if that is not possible; the file is unchanged then
     */
    public Outcome adopt() {
        Instant now = clock.instant();
        Path backup = sibling(".predecessor-" + STAMP.format(now));
        Path successor = sibling(".adopting");
        try {
            List<PredecessorRow> rows = new ArrayList<>();
            List<PredecessorCharge> charges = new ArrayList<>();
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                // Folds a log in, and leaves nothing beside the file that SQLite would take for the successor's.
                statement.execute("pragma journal_mode = delete");
                readRows(statement, now, rows);
                readCharges(statement, charges);
                statement.execute("vacuum into '" + backup.toString().replace("'", "''") + "'");
            }
            copyPermissions(backup);
            Successor.Tally tally = Successor.write(successor, clock, rows, charges);
            copyPermissions(successor);
            Files.move(successor, file, StandardCopyOption.ATOMIC_MOVE);
            return new Outcome(backup, tally);
        } catch (SQLException | IOException refused) {
            throw failure(refused);
        } finally {
            deleteQuietly(successor);
        }
    }

    /**
     * Says what was done.
     *
     * @param backup the file as it was
     * @param tally what became of its rows
     */
    public record Outcome(Path backup, Successor.Tally tally) {}

    private boolean isRecognised() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            Set<String> columns = columns(statement, "queue");
            return version(statement) == 0 && columns.containsAll(COLUMNS) && !columns.contains("model_key");
        } catch (SQLException refused) {
            throw failure(refused);
        }
    }

    private void readRows(Statement statement, Instant now, List<PredecessorRow> rows) throws SQLException {
        String kind = columns(statement, "queue").contains("type") ? "coalesce(type, 'ollama')" : "'ollama'";
        // What was queued for Hugging Face is JSON: the repository, and which of its files.
        String sql = "select iif(json_valid(model), coalesce(json_extract(model, '$.repo_id'), model), model) as model,"
                + " iif(json_valid(model), json_extract(model, '$.quant'), null) as quant, " + kind + " as kind,"
                + " coalesce(requester_ip, '') as requester, coalesce(status, 'pending') as status, error,"
                + " strftime('%Y-%m-%dT%H:%M:%fZ', created_at) as created,"
                + " strftime('%Y-%m-%dT%H:%M:%fZ', updated_at) as updated from queue order by created_at, id";
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(new PredecessorRow(
                        row.getString("model"),
                        row.getString("kind"),
                        row.getString("quant"),
                        row.getString("requester"),
                        row.getString("status"),
                        row.getString("error"),
                        moment(row.getString("created"), now),
                        moment(row.getString("updated"), now)));
            }
        }
    }

    private static void readCharges(Statement statement, List<PredecessorCharge> charges) throws SQLException {
        if (!columns(statement, "rate_limits").containsAll(Set.of("ip_address", "request_date", "request_count"))) {
            return;
        }
        String sql = "select ip_address, date(request_date) as day, request_count from rate_limits"
                + " where date(request_date) is not null and ip_address is not null and request_count > 0";
        try (ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                charges.add(new PredecessorCharge(
                        row.getString("ip_address"), row.getString("day"), row.getLong("request_count")));
            }
        }
    }

    private static Set<String> columns(Statement statement, String table) throws SQLException {
        Set<String> columns = new HashSet<>();
        try (ResultSet row = statement.executeQuery("select name from pragma_table_info('" + table + "')")) {
            while (row.next()) {
                columns.add(row.getString("name"));
            }
        }
        return columns;
    }

    private static int version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("pragma user_version")) {
            return row.getInt(1);
        }
    }

    private static Instant moment(@Nullable String text, Instant otherwise) {
        return text == null ? otherwise : Instant.parse(text);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private Path sibling(String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** What others may not read now they shall not read in a copy. */
    private void copyPermissions(Path copy) throws IOException {
        PosixFileAttributeView from = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (from != null) {
            Files.setPosixFilePermissions(copy, from.readAttributes().permissions());
        }
    }

    private QueueStorageException failure(Exception refused) {
        DatabaseFile place = new DatabaseFile(file, Duration.ZERO);
        return Trouble.of(refused, place).exception(place, refused);
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException left) {
            // The next adoption begins with a new one anyway.
        }
    }
}
