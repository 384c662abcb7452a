/**
 * Passes HTTP messages on between the clients and Ollama, byte for byte and unbuffered; with {@code o.proxy} the only
 * place that knows Undertow and XNIO.
 *
 * <p>Threads: everything that belongs to one client connection, its connection to Ollama included, runs on the one XNIO
 * I/O thread that accepted the client; nothing here blocks.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.relay;

import org.jspecify.annotations.NullMarked;
