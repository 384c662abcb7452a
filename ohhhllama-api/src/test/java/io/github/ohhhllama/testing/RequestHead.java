package io.github.ohhhllama.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds the request line and the header fields as they stood on the wire. */
record RequestHead(String method, String target, String version, List<Map.Entry<String, String>> headers) {

    /** Reads up to and including the empty line, or returns null if the client hung up before it sent anything. */
    static @Nullable RequestHead read(InputStream in) throws IOException {
        String line = line(in);
        if (line == null) {
            return null;
        }
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first < 0 || first == last) {
            throw new IOException("not a request line: \"" + line + '"');
        }
        return new RequestHead(
                line.substring(0, first), line.substring(first + 1, last), line.substring(last + 1), fields(in));
    }

    /** Reads a line without its end, or returns null at the end of the stream. */
    static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 && line.size() == 0) {
                return null;
            }
            if (b < 0) {
                throw new EOFException("the client hung up in the middle of \"" + line.toString(ISO_8859_1) + '"');
            }
            if (b != '\r') {
                line.write(b);
            }
        }
        return line.toString(ISO_8859_1);
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(field -> field.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Tells whether a comma-separated field holds a word, in any case. */
    boolean says(String name, String word) {
        return header(name).orElse("").toLowerCase(Locale.ROOT).contains(word);
    }

    private static List<Map.Entry<String, String>> fields(InputStream in) throws IOException {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (String line = line(in); line != null && !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("not a header field: \"" + line + '"');
            }
            fields.add(Map.entry(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return List.copyOf(fields);
    }
}
