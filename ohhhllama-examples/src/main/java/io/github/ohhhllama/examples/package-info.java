/** Shows the library and the proxy at work. */
@NullMarked
package io.github.ohhhllama.examples;

import org.jspecify.annotations.NullMarked;
