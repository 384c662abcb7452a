@NullMarked
package io.github.ohhhllama.proxy.internal.systemd;

import org.jspecify.annotations.NullMarked;
