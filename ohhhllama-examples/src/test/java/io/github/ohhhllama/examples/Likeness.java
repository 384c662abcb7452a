package io.github.ohhhllama.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a document shows with what a program printed. Numbers, moments, sizes, digests and zones may differ; words
 * may not, nor the names and the kinds of what stands in JSON. "…" stands for anything; lines that are not shown do no harm.
 */
final class Likeness {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GAP = "…";

    /** What is said to people, and has to be said so. */
    private static final Set<String> WORDS = Set.of("status", "message", "error", "words", "cause", "outcome", "by");

    private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{12,64}\\b");
    private static final Pattern MOMENT =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:\\d\\d)?");
    private static final Pattern ZONE = Pattern.compile("\\b(?:CES?T|UTC)\\b");
    private static final Pattern AMOUNT = Pattern.compile("\\d+(?:\\.\\d+)?(?: ?[kMGT]?B\\b)?");
    private static final Pattern LENGTH = Pattern.compile("#(?:ms|[dhms])(?:#(?:ms|[dhms]))*\\b");

    private Likeness() {}

    /**
     * Returns what is shown and was not printed, in this order; null if all of it was.
     *
     * @param shown the lines of the document
     * @param printed what the program printed
     */
    static @Nullable String difference(List<String> shown, String printed) {
        Iterator<Object> actual = items(printed.lines().toList()).iterator();
        for (Object expected : items(shown)) {
            boolean found = expected.equals(GAP);
            while (!found && actual.hasNext()) {
                found = alike(expected, actual.next());
            }
            if (!found) {
                return expected.toString();
            }
        }
        return null;
    }

    /** Cuts lines into texts and JSON values, which may take several lines. */
    private static List<Object> items(List<String> lines) {
        List<Object> items = new ArrayList<>();
        for (int from = 0; from < lines.size(); from++) {
            String line = lines.get(from).strip();
            Object item = line;
            if (line.startsWith("{")) {
                for (int to = from + 1; to <= lines.size() && item instanceof String; to++) {
                    JsonNode value = json(String.join("\n", lines.subList(from, to)));
                    if (value != null) {
                        item = value;
                        from = to - 1;
                    }
                }
            }
            if (!line.isEmpty()) {
                items.add(item);
            }
        }
        return items;
    }

    /** Tells whether a text is one JSON value or several, in which members may be left out. */
    static boolean isJson(String text) {
        return items(text.lines().toList()).stream().allMatch(JsonNode.class::isInstance);
    }

    /** Reads JSON in which members may be left out; null if it is none. */
    private static @Nullable JsonNode json(String text) {
        String whole = text.replaceAll(",\\s*…\\s*(?=[,}])", ",\"…\":0");
        try {
            return JSON.readTree(whole);
        } catch (JsonProcessingException none) {
            return null;
        }
    }

    private static boolean alike(Object expected, Object actual) {
        if (expected instanceof JsonNode shown) {
            return actual instanceof JsonNode printed && alike(shown, printed, true);
        }
        return actual instanceof String printed && alikeText(expected.toString(), printed);
    }

    /** Compares values. What stands in a list has the form of the first one there, whatever is said of each. */
    private static boolean alike(JsonNode shown, JsonNode printed, boolean literally) {
        if (shown.isNull() || printed.isNull()) {
            return true;
        }
        if (shown.isObject() && printed.isObject()) {
            return alikeObjects(shown, printed, literally);
        }
        if (shown.isArray() && printed.isArray()) {
            return printed.isEmpty()
                    || StreamSupport.stream(shown.spliterator(), false)
                            .allMatch(element -> alike(element, Objects.requireNonNull(printed.get(0)), false));
        }
        return shown.getNodeType() == printed.getNodeType();
    }

    private static boolean alikeObjects(JsonNode shown, JsonNode printed, boolean literally) {
        Set<String> expected = names(shown);
        boolean partly = expected.remove(GAP);
        Set<String> actual = names(printed);
        return (partly ? actual.containsAll(expected) : actual.equals(expected))
                && expected.stream().allMatch(name -> {
                    JsonNode one = Objects.requireNonNull(shown.get(name));
                    JsonNode other = Objects.requireNonNull(printed.get(name));
                    return alike(one, other, literally)
                            && (!literally
                                    || !WORDS.contains(name)
                                    || !one.isTextual()
                                    || alikeText(one.asText(), other.asText()));
                });
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(member -> member.getKey()).collect(Collectors.toSet());
    }

    private static boolean alikeText(String shown, String printed) {
        String pattern = Pattern.compile(GAP)
                .splitAsStream(mask(shown) + ' ')
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.matches(pattern, mask(printed) + ' ');
    }

    private static String mask(String text) {
        String masked = DIGEST.matcher(text).replaceAll("#");
        masked = MOMENT.matcher(masked).replaceAll("#");
        masked = ZONE.matcher(masked).replaceAll("#");
        masked = AMOUNT.matcher(masked).replaceAll("#");
        return LENGTH.matcher(masked).replaceAll("#").replaceAll("\\s+", " ").strip();
    }
}
