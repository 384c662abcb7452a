package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;

/**
 * Tells the person who runs a proxy what happens, on the error side. Thread-safe.
 *
 * @param terminal where to
 */
record Notices(Terminal terminal) {

    /** Writes one line. */
    void say(String line) {
        terminal.err().println(PlainText.of(line));
        terminal.err().flush();
    }
}
