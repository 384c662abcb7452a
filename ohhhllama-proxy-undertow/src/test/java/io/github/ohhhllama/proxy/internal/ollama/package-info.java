@NullMarked
package io.github.ohhhllama.proxy.internal.ollama;

import org.jspecify.annotations.NullMarked;
