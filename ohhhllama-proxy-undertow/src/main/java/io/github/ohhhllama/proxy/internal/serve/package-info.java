/**
 * Runs the proxy: makes a queue and a proxy of the settings, judges the settings by what the libraries below take, and puts
 * new ones in force.
 *
 * <p>Threads: {@code ohhhllama-descriptors} makes room for open files at the start, and ends. What else runs belongs to the
 * queue and the proxy.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.serve;

import org.jspecify.annotations.NullMarked;
