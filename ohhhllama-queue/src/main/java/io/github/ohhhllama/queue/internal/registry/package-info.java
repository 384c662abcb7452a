/** Asks model registries what a model consists of, as Ollama would; the only place besides Ollama's that knows OkHttp. */
@NullMarked
package io.github.ohhhllama.queue.internal.registry;

import org.jspecify.annotations.NullMarked;
