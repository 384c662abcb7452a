package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.relay.Relay;
import io.undertow.server.HttpServerExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the parameters behind the question mark; of one that is said twice the last counts, unknown ones are left out.
 *
 * @param parameters the values by name
 */
record Query(Map<String, String> parameters) {

    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    /** Returns those of a request. Whether its listener decodes them makes no difference. */
    static Query of(HttpServerExchange exchange) {
        Map<String, String> parameters = new HashMap<>();
        String target = Relay.rawTarget(exchange);
        int mark = target.indexOf('?');
        for (String parameter :
                mark < 0 ? new String[0] : target.substring(mark + 1).split("&", -1)) {
            String[] parts = parameter.split("=", 2);
            parameters.put(decoded(parts[0]), parts.length == 1 ? "" : decoded(parts[1]));
        }
        return new Query(parameters);
    }

    /** Returns a parameter, if it was sent. */
    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Leaves a plus sign and what is no escape as they are. */
    private static String decoded(String text) {
        String escaped = BAD_ESCAPE.matcher(text).replaceAll("%25").replace("+", "%2B");
        return URLDecoder.decode(escaped, StandardCharsets.UTF_8);
    }

    /**
     * Returns a whole number.
     *
     * @throws BadBodyException if it is none, or out of range
     */
    int number(String name, int otherwise, int least, int most) throws BadBodyException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, together with the numbers that are out of range.
        }
        throw new BadBodyException(
                name + " must be a whole number from " + least + " to " + most + ", was \"" + text.get() + '"');
    }

    /**
     * Tells whether a switch is on; its name alone is enough.
     *
     * @throws BadBodyException if it is neither on nor off
     */
    boolean isOn(String name) throws BadBodyException {
        String text = text(name).orElse("false");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "1", "true" -> true;
            case "0", "false" -> false;
            default -> throw new BadBodyException(name + " must be true or false, was \"" + text + '"');
        };
    }
}
