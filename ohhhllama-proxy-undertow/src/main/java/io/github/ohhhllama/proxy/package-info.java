/**
 * Puts HTTP before the queue: the routes, the handlers and the server.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.ohhhllama.proxy;

import org.jspecify.annotations.NullMarked;
