package io.github.ohhhllama.examples;

import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.queue.Ohhhllama;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/** Runs the proxy on a port of its own inside a program, with the queue behind it. */
public final class TakeOllamasPort {

    private TakeOllamasPort() {}

    /**
     * Runs until Enter is pressed.
     *
     * @param arguments where the queue is kept, where Ollama is, and the port to listen on
     * @throws IOException if the port cannot be listened on
     */
    public static void main(String... arguments) throws IOException {
        Path database = Path.of(arguments[0]);
        URI backend = URI.create(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        // tag::proxy[]
        try (Ohhhllama ohhhllama = Ohhhllama.builder(database).backend(backend).build();
                OhhhllamaProxy proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .backend(backend)
                        .start()) {
            ohhhllama.start();
            System.out.println("Ollama's clients are welcome on port " + proxy.port());
            System.in.read();
        }
        // end::proxy[]
    }
}
