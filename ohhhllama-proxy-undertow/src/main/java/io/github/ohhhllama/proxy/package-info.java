/**
 * Puts HTTP before the queue: the routes, the handlers, and the server; or one handler for a server of your own.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.ohhhllama.proxy;

import org.jspecify.annotations.NullMarked;
