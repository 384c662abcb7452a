/** Puts HTTP before the queue: the routes, the handlers and the server. */
@NullMarked
package io.github.ohhhllama.proxy;

import org.jspecify.annotations.NullMarked;
