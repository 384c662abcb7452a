/** Looks at the disk on which Ollama keeps its models: how much room there is, and what is still being written. */
@NullMarked
package io.github.ohhhllama.queue.internal.disk;

import org.jspecify.annotations.NullMarked;
