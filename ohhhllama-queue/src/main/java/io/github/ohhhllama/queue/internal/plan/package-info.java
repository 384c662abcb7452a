/**
 * Foresees what the next nights bring: {@code Forecaster} plays the queue through at the speeds that {@code Pace} has
 * learned from what was measured. Pure functions; nothing here knows a database, a clock or a line.
 */
@NullMarked
package io.github.ohhhllama.queue.internal.plan;

import org.jspecify.annotations.NullMarked;
