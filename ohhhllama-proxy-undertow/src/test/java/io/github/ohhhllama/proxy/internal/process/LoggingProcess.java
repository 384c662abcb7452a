package io.github.ohhhllama.proxy.internal.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what others might have written to disturb who reads it. */
final class LoggingProcess {

    private LoggingProcess() {}

    public static void main(String[] args) {
        Logging.configure("info", args[0]);
        Logger log = LoggerFactory.getLogger("io.github.Test");
        log.warn("first\nsecond \u001b[31m \"{}\"", "a\u2028b\u0007", new IllegalStateException("because\nof that"));
        log.info("plain");
        log.debug("not to be seen");
    }
}
