/**
 * Holds the test kit: what you need to test code that uses ohhhllama, the same things its own tests use.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.ohhhllama.testing;

import org.jspecify.annotations.NullMarked;
