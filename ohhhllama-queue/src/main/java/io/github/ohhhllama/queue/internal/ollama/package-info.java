/** Talks to Ollama; the only place that knows its JSON and what its words mean. */
@NullMarked
package io.github.ohhhllama.queue.internal.ollama;

import org.jspecify.annotations.NullMarked;
