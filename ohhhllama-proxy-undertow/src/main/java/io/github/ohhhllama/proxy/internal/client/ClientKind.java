package io.github.ohhhllama.proxy.internal.client;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells clients that know Ollama's protocol from everything else, by their {@code User-Agent}. */
public enum ClientKind {
    /** Shows people what an Ollama error says: Ollama's own, its libraries, Open WebUI, and the HTTP clients of Java. */
    OLLAMA,
    /** May be anything: curl, a browser, a script. */
    OTHER;

    /**
     * The CLI and every Go program with Ollama's library, ollama-python and ollama-js call themselves by name; Open WebUI
     * pulls with aiohttp; the Java libraries leave the name to the JDK's client or to Reactor Netty.
     */
    private static final Pattern KNOWN =
            Pattern.compile("(ollama|ollama-python|ollama-js|Java-http-client|ReactorNetty)/.*|Python/\\S+ aiohttp/.*");

    /**
     * Recognises a client.
     *
     * @param userAgent the header's value, or null if there is none
     */
    public static ClientKind of(@Nullable String userAgent) {
        return userAgent != null && KNOWN.matcher(userAgent).matches() ? OLLAMA : OTHER;
    }
}
