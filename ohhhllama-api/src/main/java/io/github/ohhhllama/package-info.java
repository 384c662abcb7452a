/**
 * Holds the words of ohhhllama: the values, interfaces and exceptions that the queue, the proxy and your own code share.
 *
 * <p>Start at {@link io.github.ohhhllama.QueueService}. Every record here is immutable and may be shared between
 * threads; every interface states its own rules.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.ohhhllama;

import org.jspecify.annotations.NullMarked;
