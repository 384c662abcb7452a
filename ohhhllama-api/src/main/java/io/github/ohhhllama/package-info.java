/**
 * Holds the words of ohhhllama: the values, interfaces and exceptions that the queue, the proxy and your own code share.
 *
 * <p>Start at {@link io.github.ohhhllama.QueueService}. Every record here is immutable and may be shared between
 * threads; every interface states its own rules.
 */
@NullMarked
package io.github.ohhhllama;

import org.jspecify.annotations.NullMarked;
