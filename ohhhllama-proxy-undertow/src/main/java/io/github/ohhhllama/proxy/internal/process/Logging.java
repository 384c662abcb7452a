package io.github.ohhhllama.proxy.internal.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** Chooses how the standalone program logs; must run before anything logs. */
public final class Logging {

    private static final String CONFIGURATION = "ohhhllama-logback.xml";

    private static final String JSON = "json";

    private Logging() {}

    /**
     * Tells whether everything is to be written as JSON.
     *
     * @param format as it was set
     */
    public static boolean isJson(String format) {
        return format.equalsIgnoreCase(JSON);
    }

    /**
     * Sets the properties that the logging libraries read at their start, unless the operator set them.
     *
     * @param level {@code error} to {@code trace}
     */
    public static void configure(String level) {
        configure(level, "text");
    }

    /**
     * Sets the properties that the logging libraries read at their start, unless the operator set them.
     *
     * @param level {@code error} to {@code trace}
     * @param format {@code json}, or anything else for text
     */
    public static void configure(String level, String format) {
        set("ohhhllama.logLevel", level);
        set("ohhhllama.logFormat", isJson(format) ? JSON : "text");
        // Undertow's jboss-logging takes java.util.logging otherwise, even with slf4j on the class path.
        set("org.jboss.logging.provider", "slf4j");
        // The file is in the standalone jar only, and has a name of its own, so that it disturbs no embedder.
        if (Logging.class.getClassLoader().getResource(CONFIGURATION) != null) {
            set("logback.configurationFile", CONFIGURATION);
        }
    }

    /**
     * Changes how much the standalone program logs from now on.
     *
     * @param level {@code error} to {@code trace}
     */
    public static void change(String level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level));
        }
    }

    private static void set(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
