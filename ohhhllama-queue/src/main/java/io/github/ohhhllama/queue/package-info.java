/**
 * Holds the face of the library, {@link io.github.ohhhllama.queue.Ohhhllama}, and its two rules: how a request becomes an entry, and how an entry becomes a model.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.ohhhllama.queue;

import org.jspecify.annotations.NullMarked;
