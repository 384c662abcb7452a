/**
 * Knows the Ollama on this machine: whether one is there, where its models are, whether it keeps half-finished downloads;
 * and runs one as a child.
 *
 * <p>Threads, with {@code serve --with-ollama} only: {@code ohhhllama-ollama} watches the child and starts it again,
 * {@code ohhhllama-ollama-output} reads what it writes, one for each child that was started.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.ollama;

import org.jspecify.annotations.NullMarked;
