package io.github.ohhhllama.proxy.internal.client;

import java.util.ArrayList;
import java.util.List;

/** Splits header values that are lists, as RFC 9110 section 5.6 writes them. */
final class HeaderList {

    private HeaderList() {}

    /** Returns the elements of all lines in their order; empty ones do not count. */
    static List<String> elements(List<String> lines) {
        return lines.stream().flatMap(line -> split(line, ',').stream()).toList();
    }

    /** Returns the parts of one element that semicolons separate. */
    static List<String> parts(String element) {
        return split(element, ';');
    }

    /** Returns the content of a quoted string, or the text itself if it is none. */
    static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1") : text;
    }

    private static List<String> split(String text, char separator) {
        List<String> items = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (quoted && each == '\\') {
                i++;
            } else if (each == '"') {
                quoted = !quoted;
            } else if (each == separator && !quoted) {
                add(items, text.substring(start, i));
                start = i + 1;
            }
        }
        add(items, text.substring(start));
        return items;
    }

    private static void add(List<String> items, String item) {
        String stripped = item.strip();
        if (!stripped.isEmpty()) {
            items.add(stripped);
        }
    }
}
