package io.github.ohhhllama.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Listens on a loopback port of its own and gives every connection a thread. */
final class WireServer implements AutoCloseable {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final int BACKLOG = 200;
    private static final long PATIENCE_MILLIS = 5_000;

    private final ServerSocket listener;
    private final Connection.Handler handler;
    private final Consumer<RecordedRequest> recorder;
    private final Map<Socket, Thread> open = new ConcurrentHashMap<>();
    private final Thread acceptor;

    WireServer(int port, Connection.Handler handler, Consumer<RecordedRequest> recorder) {
        this.handler = handler;
        this.recorder = recorder;
        try {
            this.listener = new ServerSocket(port, BACKLOG, InetAddress.getByAddress(LOOPBACK));
        } catch (IOException taken) {
            throw new UncheckedIOException("cannot listen on 127.0.0.1:" + port, taken);
        }
        this.acceptor = new Thread(this::accept, "fake-ollama-" + listener.getLocalPort());
        acceptor.setDaemon(true);
    }

    WireServer start() {
        acceptor.start();
        return this;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Hangs up on everybody and waits for the threads to end. */
    @Override
    public void close() {
        try {
            listener.close();
            acceptor.join(PATIENCE_MILLIS);
            for (Map.Entry<Socket, Thread> connection : open.entrySet()) {
                connection.getKey().close();
                connection.getValue().interrupt();
            }
            for (Thread thread : open.values()) {
                thread.join(PATIENCE_MILLIS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                serve(listener.accept());
            } catch (IOException closed) {
                // either the listener is closed, and the loop ends, or one client was quick to leave
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        Connection connection = new Connection(socket, handler, recorder);
        Thread thread = new Thread(
                () -> {
                    try {
                        connection.run();
                    } finally {
                        open.remove(socket);
                    }
                },
                "fake-ollama-connection");
        thread.setDaemon(true);
        open.put(socket, thread);
        thread.start();
    }
}
