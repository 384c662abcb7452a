package io.github.ohhhllama.queue.internal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jooq.tools.jdbc.DefaultConnection;
import org.jooq.tools.jdbc.DefaultPreparedStatement;

/**
 * Keeps the prepared statements of a connection: preparing an insert with its triggers takes longer than running it, and
 * the driver keeps none. For one thread.
 */
final class KeptStatements extends DefaultConnection {

    private static final int MOST = 64;

    private final Map<String, Kept> statements = new HashMap<>();

    KeptStatements(Connection connection) {
        super(connection);
    }

    @Override
    public PreparedStatement prepareStatement(String sql) throws SQLException {
        Kept kept = statements.get(sql);
        if (kept == null && statements.size() < MOST) {
            kept = new Kept(super.prepareStatement(sql));
            statements.put(sql, kept);
        }
        return kept != null && kept.take() ? kept : super.prepareStatement(sql);
    }

    /** Throws all of them away: one that failed cannot be used again. */
    void forget() throws SQLException {
        for (Kept kept : statements.values()) {
            kept.getDelegate().close();
        }
        statements.clear();
    }

    /** Is back in the cupboard when it is closed. */
    private static final class Kept extends DefaultPreparedStatement {

        private boolean taken;

        Kept(PreparedStatement statement) {
            super(statement);
        }

        boolean take() {
            boolean free = !taken;
            taken = true;
            return free;
        }

        @Override
        public void close() throws SQLException {
            taken = false;
            clearParameters();
        }
    }
}
