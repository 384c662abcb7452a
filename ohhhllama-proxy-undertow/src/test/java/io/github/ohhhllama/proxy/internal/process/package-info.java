@NullMarked
package io.github.ohhhllama.proxy.internal.process;

import org.jspecify.annotations.NullMarked;
