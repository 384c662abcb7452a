/**
 * Is this process and what surrounds it: the machine it runs on, the signals it hears, what it tells the person who started
 * it, how it logs and how it ends. Knows no command, and of a proxy only the words for its health; the only place that knows
 * Logback.
 *
 * <p>Threads: {@code ohhhllama-stop} begins when the process shall end, and does what its command wants done then;
 * {@code serve} waits there for {@code ohhhllama-stop-steps}, which takes the steps of the orderly stop, so that one that
 * hangs can be left behind. Java hears each SIGHUP on a new {@code SIGHUP handler}.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.process;

import org.jspecify.annotations.NullMarked;
