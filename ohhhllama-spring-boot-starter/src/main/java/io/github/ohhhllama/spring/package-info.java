/**
 * Puts the queue into a Spring Boot application.
 *
 * <p>Start at {@link io.github.ohhhllama.spring.OhhhllamaAutoConfiguration}; the settings are
 * {@link io.github.ohhhllama.spring.OhhhllamaProperties}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.ohhhllama.spring;

import org.jspecify.annotations.NullMarked;
