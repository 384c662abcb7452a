package io.github.ohhhllama.examples;

import io.github.ohhhllama.proxy.OhhhllamaHandler;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.queue.Ohhhllama;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/** Runs the proxy in an Undertow of its own program, beside another handler, with the queue behind it. */
public final class RunTheProxy {

    private RunTheProxy() {}

    /**
     * Runs until Enter is pressed.
     *
     * @param arguments where the queue is kept, where Ollama is, and the port to listen on
     * @throws IOException if the keyboard cannot be read
     */
    public static void main(String... arguments) throws IOException {
        Path database = Path.of(arguments[0]);
        URI backend = URI.create(arguments[1]);
        int port = Integer.parseInt(arguments[2]);
        // tag::beside[]
        try (Ohhhllama ohhhllama = Ohhhllama.builder(database).backend(backend).build()) {
            HttpHandler greeting = exchange -> exchange.getResponseSender().send("Ollama is at /ollama");
            OhhhllamaHandler proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                    .backend(backend)
                    .handler();
            Undertow server = Undertow.builder()
                    .addHttpListener(port, "127.0.0.1")
                    .setHandler(Handlers.path(greeting).addPrefixPath("/ollama", proxy))
                    .build();
            server.start();
            ohhhllama.start();
            System.out.println("Ollama's clients are welcome at /ollama on port " + port(server));
            System.in.read();
            proxy.close();
            server.stop();
        }
        // end::beside[]
    }

    private static int port(Undertow server) {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }
}
