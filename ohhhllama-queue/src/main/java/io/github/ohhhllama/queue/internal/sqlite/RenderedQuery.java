package io.github.ohhhllama.queue.internal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        return new RenderedQuery(withHiddenValues(query));
    }

    /**
     * Renders a query that changes at most one row and answers with some of its columns, or with nothing. In SQLite's own
     * words: jOOQ asks a second time instead, and gets another row if the first statement changed none.
     *
     * @param query the query, made by {@link Connections#RENDERING}; its values do not matter
     * @param columns the columns to answer with
     */
    static RenderedQuery returning(Query query, Field<?>... columns) {
        String names = Stream.of(columns).map(Field::getName).collect(Collectors.joining(", "));
        return new RenderedQuery(withHiddenValues(query) + " returning " + names);
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
            try (PreparedStatement statement = bound(connection, values);
                    ResultSet answer = statement.executeQuery()) {
                return context.fetch(answer, columns);
            }
        });
    }

    /**
     * Asks the query for one row. Without jOOQ: making a record of it takes longer than finding it.
     *
     * @param context where to ask
     * @param reading makes something of the row
     * @param values one for each question mark, in their order
     * @return what was made of it, or empty if the query answers with nothing
     */
    <T> Optional<T> row(DSLContext context, Reading<T> reading, Object... values) {
        return context.connectionResult(connection -> {
            try (PreparedStatement statement = bound(connection, values);
                    ResultSet answer = statement.executeQuery()) {
                return answer.next() ? Optional.of(reading.of(answer)) : Optional.empty();
            }
        });
    }

    /**
     * Asks the query for one number, as {@link #row} does.
     *
     * @param context where to ask
     * @param values one for each question mark, in their order
     * @return the number, or empty if the query answers with nothing or with null
     */
    OptionalLong number(DSLContext context, Object... values) {
        return row(context, RenderedQuery::number, values).orElseGet(OptionalLong::empty);
    }

    private static OptionalLong number(ResultSet answer) throws SQLException {
        long number = answer.getLong(1);
        return answer.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** Makes something of a row. */
    @FunctionalInterface
    interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private PreparedStatement bound(Connection connection, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /**
     * SQLite with STAT4 plans by the values it sees, and prepares a kept statement anew whenever one of them is bound. The
     * sign does nothing else, whatever the type: https://sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes.
     */
    private static String withHiddenValues(Query query) {
        return query.getSQL().replace("?", "+?");
    }
}
