/**
 * Gathers the settings from flags, environment and file, and says what is wrong with them, all at once.
 *
 * <p>Everything here is immutable or made for one call; all of it may be used from any thread.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.settings;

import org.jspecify.annotations.NullMarked;
