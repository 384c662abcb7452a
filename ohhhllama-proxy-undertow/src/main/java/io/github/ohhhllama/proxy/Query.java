package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.undertow.server.HttpServerExchange;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the parameters behind the question mark; of one that is said twice the last counts, unknown ones are left out.
 *
 * @param parameters the values by name
 */
record Query(Map<String, Deque<String>> parameters) {

    /** Returns those of a request. */
    static Query of(HttpServerExchange exchange) {
        return new Query(exchange.getQueryParameters());
    }

    /** Returns a parameter as it was sent, if it was. */
    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name))
                .filter(values -> !values.isEmpty())
                .map(Deque::getLast);
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
