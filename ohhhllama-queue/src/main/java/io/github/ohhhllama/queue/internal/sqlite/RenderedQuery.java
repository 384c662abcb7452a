package io.github.ohhhllama.queue.internal.sqlite;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.Result;

/**
 * Is a query whose SQL is rendered once: rendering a wide one anew takes longer than SQLite takes to answer it.
 *
 * @param sql the text, with a question mark for every value
 */
record RenderedQuery(String sql) {

    /**
     * Renders a query.
     *
     * @param query the query, made by {@link Connections#RENDERING}; its values do not matter
     */
    static RenderedQuery of(Query query) {
        return new RenderedQuery(query.getSQL());
    }

    /**
     * Renders a query that changes at most one row and answers with one of its columns, or with nothing. In SQLite's own
     * words: jOOQ asks a second time instead, and gets another row if the first statement changed none.
     *
     * @param query the query, made by {@link Connections#RENDERING}; its values do not matter
     * @param column the column to answer with
     */
    static RenderedQuery returning(Query query, Field<?> column) {
        return new RenderedQuery(query.getSQL() + " returning " + column.getName());
    }

    /**
     * Asks the query. jOOQ reads the answer but does not render the question: taking its text apart for every question
     * mark again costs more than all the rest.
     *
     * @param context where to ask
     * @param columns what the answer consists of, in its order
     * @param values one for each question mark, in their order
     */
    Result<Record> ask(DSLContext context, Field<?>[] columns, Object... values) {
        return context.connectionResult(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                try (ResultSet answer = statement.executeQuery()) {
                    return context.fetch(answer, columns);
                }
            }
        });
    }
}
