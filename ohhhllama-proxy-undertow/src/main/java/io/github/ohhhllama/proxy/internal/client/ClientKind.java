package io.github.ohhhllama.proxy.internal.client;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells clients that expect Ollama's own answers from all others. */
public enum ClientKind {
    /** The command line and its Go library, the Python and JavaScript libraries, Open WebUI, the JDK's and Reactor's clients. */
    OLLAMA,
    /** A browser, curl, a script. */
    OTHER;

    private static final Pattern KNOWN = Pattern.compile(
            "(?:(?:ollama|ollama-python|ollama-js|Java-http-client|ReactorNetty)/|Python/3\\S* aiohttp/).*",
            Pattern.CASE_INSENSITIVE);

    /**
     * Returns the kind of client.
     *
     * @param userAgent its User-Agent header, or null
     */
    public static ClientKind of(@Nullable String userAgent) {
        return userAgent != null && KNOWN.matcher(userAgent.strip()).matches() ? OLLAMA : OTHER;
    }
}
