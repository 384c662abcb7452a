/**
 * Looks for what is wrong with a proxy, or keeps it from running, and says what to do. Changes nothing.
 *
 * <p>Whoever calls waits for all that is looked at.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.doctor;

import org.jspecify.annotations.NullMarked;
