/** Talks to Ollama; the only place that knows OkHttp and Ollama's JSON. */
@NullMarked
package io.github.ohhhllama.queue.internal.ollama;

import org.jspecify.annotations.NullMarked;
