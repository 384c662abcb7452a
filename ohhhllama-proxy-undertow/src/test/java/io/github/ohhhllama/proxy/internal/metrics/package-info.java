@NullMarked
package io.github.ohhhllama.proxy.internal.metrics;

import org.jspecify.annotations.NullMarked;
