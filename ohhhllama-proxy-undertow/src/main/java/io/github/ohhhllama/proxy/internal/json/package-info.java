/**
 * Turns bodies into values and values into bodies: requests are read as Ollama's Go reads them, replies are written as
 * the documentation of the proxy's own API shows them.
 *
 * <p>Everything here is immutable or made for one call; all of it may be used from any thread.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.json;

import org.jspecify.annotations.NullMarked;
