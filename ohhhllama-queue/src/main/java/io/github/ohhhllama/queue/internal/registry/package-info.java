/** Asks model registries what a model consists of, as Ollama would. */
@NullMarked
package io.github.ohhhllama.queue.internal.registry;

import org.jspecify.annotations.NullMarked;
