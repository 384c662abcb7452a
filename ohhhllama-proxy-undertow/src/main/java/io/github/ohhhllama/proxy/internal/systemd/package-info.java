/** What the program tells systemd, which started it. */
@NullMarked
package io.github.ohhhllama.proxy.internal.systemd;

import org.jspecify.annotations.NullMarked;
