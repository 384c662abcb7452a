/** Knows the time: cron expressions, time zones and the alarm clock; the only place that knows Quartz. */
@NullMarked
package io.github.ohhhllama.queue.internal.cron;

import org.jspecify.annotations.NullMarked;
