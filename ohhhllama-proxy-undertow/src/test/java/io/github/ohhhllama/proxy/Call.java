package io.github.ohhhllama.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.SocketFactory;

/** Sends one request byte for byte as it is written here, and reads the answer to its end. */
final class Call {

    private final int port;
    private final String method;
    private final String target;
    private final List<String> fields = new ArrayList<>();
    private SocketFactory sockets = SocketFactory.getDefault();
    private String host = "localhost";
    private String body = "";

    private Call(int port, String method, String target) {
        this.port = port;
        this.method = method;
        this.target = target;
    }

    static Call of(int port, String method, String target) {
        return new Call(port, method, target);
    }

    Call over(SocketFactory factory) {
        sockets = factory;
        return this;
    }

    Call host(String name) {
        host = name;
        return this;
    }

    Call as(String userAgent) {
        return with("User-Agent", userAgent);
    }

    Call with(String name, String value) {
        fields.add(name + ": " + value);
        return this;
    }

    Call body(String text) {
        body = text;
        return this;
    }

    Answer send() throws IOException {
        try (Socket socket = open()) {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return Answer.of(answer.toString(StandardCharsets.UTF_8));
        }
    }

    /** Sends the request and leaves the answer to be read piece by piece. */
    Socket open() throws IOException {
        Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + ' ' + target + " HTTP/1.1\r\nHost: " + host + "\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        boolean framed = fields.stream()
                .anyMatch(field -> field.startsWith("Transfer-Encoding:") || field.startsWith("Content-Length:"));
        if (!framed && !method.equals("GET") && !method.equals("OPTIONS")) {
            head.append("Content-Length: ").append(bytes.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(bytes);
        out.flush();
        return socket;
    }

    /** Reads until a text has come, and returns all that came. */
    static String readTo(InputStream in, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(text) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("expected \"" + text + "\", the answer ended after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /**
     * Is an answer in pieces.
     *
     * @param status the status code
     * @param head all of its head
     * @param body its body, with the chunks taken apart
     */
    record Answer(int status, String head, String body) {

        static Answer of(String text) {
            int end = text.indexOf("\r\n\r\n");
            String head = text.substring(0, end);
            String body = text.substring(end + 4);
            boolean chunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
            return new Answer(Integer.parseInt(head.split(" ", 3)[1]), head, chunked ? unchunked(body) : body);
        }

        Optional<String> field(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ':'))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst();
        }

        private static String unchunked(String body) {
            StringBuilder whole = new StringBuilder();
            String rest = body;
            while (true) {
                int line = rest.indexOf("\r\n");
                int size = Integer.parseInt(rest.substring(0, line), 16);
                if (size == 0) {
                    return whole.toString();
                }
                whole.append(rest, line + 2, line + 2 + size);
                rest = rest.substring(line + 2 + size + 2);
            }
        }
    }
}
