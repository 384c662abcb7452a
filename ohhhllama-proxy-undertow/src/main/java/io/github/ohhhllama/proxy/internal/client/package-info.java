/** Judges who is asking, and whether they may: pure rules about addresses, hosts, origins and clients. */
@NullMarked
package io.github.ohhhllama.proxy.internal.client;

import org.jspecify.annotations.NullMarked;
