/** Keeps the queue in SQLite; the only place that knows SQL, jOOQ and JDBC. */
@NullMarked
package io.github.ohhhllama.queue.internal.sqlite;

import org.jspecify.annotations.NullMarked;
