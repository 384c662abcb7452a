/**
 * Knows who is asking, by what name they call this host, where they want to go, and whether they may.
 *
 * <p>Nothing here resolves a name or opens a connection; everything is immutable and may be used from any thread.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.client;

import org.jspecify.annotations.NullMarked;
