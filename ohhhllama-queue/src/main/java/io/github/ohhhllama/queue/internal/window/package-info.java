/** Tells when downloads may run, as a function of the clock and nothing else. */
@NullMarked
package io.github.ohhhllama.queue.internal.window;

import org.jspecify.annotations.NullMarked;
