@NullMarked
package io.github.ohhhllama.proxy.internal.serve;

import org.jspecify.annotations.NullMarked;
