/**
 * Is the command line: {@code serve} runs the proxy, the other commands talk to one that runs, or look after its files and
 * settings. What they do is in the rooms below; the only place that knows picocli.
 *
 * <p>One thread runs a command; which others belong to it is said in the rooms it uses.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.cli;

import org.jspecify.annotations.NullMarked;
