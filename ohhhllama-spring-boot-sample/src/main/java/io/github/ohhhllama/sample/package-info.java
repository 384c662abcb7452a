/** Shows the queue in a Spring Boot application. */
@NullMarked
package io.github.ohhhllama.sample;

import org.jspecify.annotations.NullMarked;
