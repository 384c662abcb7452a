@NullMarked
package io.github.ohhhllama.proxy.internal.client;

import org.jspecify.annotations.NullMarked;
