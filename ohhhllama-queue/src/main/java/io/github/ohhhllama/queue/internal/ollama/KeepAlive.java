package io.github.ohhhllama.queue.internal.ollama;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketOption;
import jdk.net.ExtendedSocketOptions;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Has the kernel ask from time to time whether the other machine is still there: one that lost its power says nothing, and
 * while Ollama verifies nobody waits for a word from it.
 */
final class KeepAlive {

    private static final int IDLE_SECONDS = 60;
    private static final int SECONDS_BETWEEN = 15;
    private static final int MOST_UNANSWERED = 4;

    private KeepAlive() {}

    /** Sets it on the connection of a call; to be put in as a network interceptor. */
    static Response kept(Interceptor.Chain chain) throws IOException {
        Connection connection = chain.connection();
        if (connection != null) {
            set(connection.socket());
        }
        return chain.proceed(chain.request());
    }

    static void set(Socket socket) throws IOException {
        socket.setKeepAlive(true);
        // Without these, where there are none, it takes some hours.
        set(socket, ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
        set(socket, ExtendedSocketOptions.TCP_KEEPINTERVAL, SECONDS_BETWEEN);
        set(socket, ExtendedSocketOptions.TCP_KEEPCOUNT, MOST_UNANSWERED);
    }

    private static void set(Socket socket, SocketOption<Integer> option, int value) throws IOException {
        if (socket.supportedOptions().contains(option)) {
            socket.setOption(option, value);
        }
    }
}
