/**
 * Is the command line: {@code serve} runs the proxy, the other commands talk to one that runs.
 *
 * <p>One thread runs a command; {@code serve} has two more, {@code ohhhllama-stop} for the orderly end and, with
 * {@code --with-ollama}, {@code ohhhllama-ollama} for the child.
 */
@NullMarked
package io.github.ohhhllama.proxy.internal.cli;

import org.jspecify.annotations.NullMarked;
