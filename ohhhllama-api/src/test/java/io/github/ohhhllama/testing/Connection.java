package io.github.ohhhllama.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Serves the requests of one connection, one after the other, on one thread. */
final class Connection implements Runnable {

    /** Answers one request; interrupted when the client leaves during a streamed answer. */
    interface Handler {
        void handle(Exchange exchange) throws IOException, InterruptedException;
    }

    private final Socket socket;
    private final PushbackInputStream in;
    private final OutputStream out;
    private final Handler handler;
    private final Consumer<RecordedRequest> recorder;
    private @Nullable Thread watcher;

    Connection(Socket socket, Handler handler, Consumer<RecordedRequest> recorder) throws IOException {
        this.socket = socket;
        this.handler = handler;
        this.recorder = recorder;
        socket.setTcpNoDelay(true);
        this.in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new BufferedOutputStream(socket.getOutputStream());
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    @Override
    public void run() {
        try (socket) {
            boolean more = true;
            while (more) {
                more = serve();
            }
        } catch (IOException | InterruptedException theClientLeft) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean serve() throws IOException, InterruptedException {
        RequestHead head = RequestHead.read(in);
        if (head == null) {
            return false;
        }
        Exchange exchange = new Exchange(head, this, recorder);
        try {
            handler.handle(exchange);
        } finally {
            exchange.record();
        }
        return exchange.isKeptAlive() && !hasLeft();
    }

    /** Reads ahead by one byte, as Go's server does, since nothing else tells that the client hung up. */
    void watch() {
        Thread handling = Thread.currentThread();
        watcher = new Thread(() -> readAhead(handling), "fake-ollama-watcher");
        watcher.setDaemon(true);
        watcher.start();
    }

    void resetOnClose() throws IOException {
        socket.setSoLinger(true, 0);
    }

    private void readAhead(Thread handling) {
        try {
            int next = in.read();
            if (next >= 0) {
                in.unread(next);
            } else {
                handling.interrupt();
            }
        } catch (IOException broken) {
            handling.interrupt();
        }
    }

    private boolean hasLeft() throws InterruptedException {
        if (watcher != null) {
            watcher.join();
            watcher = null;
        }
        return Thread.currentThread().isInterrupted();
    }
}
