package io.github.ohhhllama.proxy.internal.relay;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;

/** Runs front and relay alone, for measurements: {@code LISTEN_HOST}, {@code LISTEN_PORT}, {@code OLLAMA_BACKEND}. */
final class RelayMain {

    private RelayMain() {}

    public static void main(String[] args) throws Exception {
        Relay relay = new Relay(URI.create(System.getenv("OLLAMA_BACKEND")), Duration.ofSeconds(5), Traffic.UNHEARD);
        FrontServer server = FrontServer.listen(
                new InetSocketAddress(System.getenv("LISTEN_HOST"), Integer.parseInt(System.getenv("LISTEN_PORT"))));
        server.serve(relay);
    }
}
