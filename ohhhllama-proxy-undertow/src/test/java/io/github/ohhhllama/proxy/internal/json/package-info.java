@NullMarked
package io.github.ohhhllama.proxy.internal.json;

import org.jspecify.annotations.NullMarked;
