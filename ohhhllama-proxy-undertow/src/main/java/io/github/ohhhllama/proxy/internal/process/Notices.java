package io.github.ohhhllama.proxy.internal.process;

import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import org.slf4j.LoggerFactory;

/**
 * Tells the person who runs a proxy what happens, on the error side. Thread-safe.
 *
 * @param terminal where to
 * @param logged whether they are to be records of the log, as whoever reads the error side expects nothing else
 */
public record Notices(Terminal terminal, boolean logged) {

    /**
     * Writes one line, at once.
     *
     * @param line the words; what could move a terminal is taken out, and for the log the blanks around them
     */
    public void say(String line) {
        if (logged) {
            // Not before: the logging library is set up by the settings.
            LoggerFactory.getLogger(Notices.class).info("{}", line.strip());
            return;
        }
        terminal.err().println(PlainText.of(line));
        terminal.err().flush();
    }
}
