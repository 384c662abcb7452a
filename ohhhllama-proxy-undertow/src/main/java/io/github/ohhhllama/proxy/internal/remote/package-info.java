/**
 * Talks to a proxy that runs, over its HTTP API, and puts what it answered into words for people.
 *
 * <p>Whoever calls waits for the answer, a minute at most.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.remote;

import org.jspecify.annotations.NullMarked;
