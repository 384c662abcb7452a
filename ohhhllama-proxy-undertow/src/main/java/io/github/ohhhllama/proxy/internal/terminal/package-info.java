/** Shows things to people: tables, a line that moves, sizes and times. Knows nothing of queues and proxies. */
@NullMarked
package io.github.ohhhllama.proxy.internal.terminal;

import org.jspecify.annotations.NullMarked;
