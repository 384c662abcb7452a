package io.github.ohhhllama.queue.internal.sqlite;

import org.jooq.DSLContext;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.ResultQuery;

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
     * Returns the query with values, ready to be asked; its columns have no types yet.
     *
     * @param context where to ask
     * @param values one for each question mark, in their order
     */
    ResultQuery<Record> on(DSLContext context, Object... values) {
        return context.resultQuery(sql, values);
    }
}
