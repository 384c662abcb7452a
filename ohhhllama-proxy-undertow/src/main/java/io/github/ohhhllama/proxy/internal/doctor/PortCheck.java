package io.github.ohhhllama.proxy.internal.doctor;

import io.github.ohhhllama.proxy.internal.doctor.PortProbe.Found;
import io.github.ohhhllama.proxy.internal.json.Health.Check;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Backend;
import java.net.URI;
import java.nio.file.Path;

/**
 * Looks who is where the proxy and Ollama should be.
 *
 * @param settings where they should be
 * @param probe finds out who answers
 * @param root the root of the file system
 */
record PortCheck(ProxySettings settings, PortProbe probe, Path root) {

    /**
     * Looks at the port of the proxy.
     *
     * @param address where clients reach it
     */
    Check proxy(URI address) {
        Found found = probe.at(address.toString());
        return switch (found.who()) {
            case OHHHLLAMA -> ours(address, found.words());
            case OLLAMA ->
                unhealthy(
                        "Ollama " + found.words() + " itself answers at " + address + ", so downloads are not queued.",
                        "Move Ollama to " + settings.backend().authority() + " (OLLAMA_HOST="
                                + settings.backend().authority() + "), then start the proxy with: ohhhllama serve");
            case STRANGER ->
                unhealthy(
                        "Something else answers at " + address + ": " + owner(address.getPort()) + '.',
                        "End that program, or give the proxy another port by LISTEN_PORT.");
            case NOBODY ->
                unhealthy(
                        "No proxy answers at " + address + " (" + found.words() + ").",
                        "Start it: ohhhllama serve, or sudo systemctl start ollama-proxy for the installed service.");
        };
    }

    private static Check ours(URI address, String complaints) {
        String words = "An ohhhllama proxy answers at " + address;
        return complaints.isEmpty()
                ? Check.healthy(words + '.')
                : Check.degraded(words + ", and says: " + complaints)
                        .with(Diagnosis.ADVICE, "See what the running proxy says with: ohhhllama status");
    }

    /** Looks at the port of Ollama. */
    Check backend() {
        Backend backend = settings.backend();
        Found found = probe.at(backend.uri().toString());
        return switch (found.who()) {
            case OLLAMA ->
                Check.healthy("Ollama answers.")
                        .with("url", backend.uri().toString())
                        .with("version", found.words());
            case OHHHLLAMA ->
                unhealthy(
                        "At OLLAMA_BACKEND " + backend.uri() + " answers an ohhhllama proxy, no Ollama.",
                        "Set OLLAMA_BACKEND to where Ollama itself is.");
            case STRANGER ->
                unhealthy(
                        "What answers at OLLAMA_BACKEND " + backend.uri() + " is no Ollama: " + owner(backend.port())
                                + '.',
                        "Set OLLAMA_BACKEND to where Ollama is, or end that program and start Ollama there.");
            case NOBODY ->
                unhealthy(
                        "No Ollama answers at OLLAMA_BACKEND " + backend.uri() + " (" + found.words() + ").",
                        "Start Ollama there: OLLAMA_HOST=" + backend.authority() + " OLLAMA_NOPRUNE=1 ollama serve");
        };
    }

    private String owner(int port) {
        return new SocketOwner(root).of(port).orElse("a program that cannot be named from here, perhaps as root");
    }

    private static Check unhealthy(String message, String advice) {
        return Check.unhealthy(message).with(Diagnosis.ADVICE, advice);
    }
}
