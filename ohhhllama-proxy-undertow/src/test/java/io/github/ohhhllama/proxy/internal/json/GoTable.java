package io.github.ohhhllama.proxy.internal.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads a table of bodies and of what Go 1.26's encoding/json made of them: the body, {@code ok} or {@code 400}, and the
 * values or the message, separated by tabs. Bytes beyond printable ASCII stand as {@code \xNN}.
 */
final class GoTable {

    private GoTable() {}

    /** One row; the outcome is the row's text behind the body. */
    record Row(String escaped, List<String> outcome) {

        byte[] body() {
            return unescaped(escaped);
        }

        boolean isRefused() {
            return outcome.get(0).equals("400");
        }

        @Override
        public String toString() {
            return escaped;
        }
    }

    static Stream<Row> rows(String resource) {
        try (InputStream in = Objects.requireNonNull(GoTable.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(cells[0], List.of(Arrays.copyOfRange(cells, 1, cells.length))));
        } catch (IOException unreadable) {
            throw new IllegalStateException(resource, unreadable);
        }
    }

    static String escaped(String text) {
        StringBuilder result = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (each == '\\') {
                result.append("\\\\");
            } else if (each < ' ' || each > '~') {
                result.append("\\x").append(HexFormat.of().toHexDigits(each));
            } else {
                result.append((char) each);
            }
        }
        return result.toString();
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                bytes.write(text.charAt(i));
            } else if (text.charAt(i + 1) == '\\') {
                bytes.write('\\');
                i++;
            } else {
                bytes.write(HexFormat.fromHexDigits(text, i + 2, i + 4));
                i += 3;
            }
        }
        return bytes.toByteArray();
    }
}
