package io.github.ohhhllama.proxy.internal.json;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Holds what {@code DELETE /api/queue} wants to have removed.
 *
 * @param id the number of an entry, 1 or more; empty if a model is meant
 * @param model the name as it was sent; empty if an entry is meant by its number
 */
public record RemovalBody(OptionalLong id, String model) {

    private static final GoStruct REQUEST = GoStruct.named("RemovalRequest")
            .with(GoType.STRING, "model", "name")
            .with(GoType.ANY, "id");
    private static final Pattern POSITIVE = Pattern.compile("[1-9][0-9]{0,17}");

    /**
     * Parses a request body; the names of fields and repeated fields are treated as in Ollama's own requests.
     *
     * @throws BadBodyException if it is not a JSON object with either {@code model} (or {@code name}) or a positive
     *     integer {@code id}
     */
    public static RemovalBody parse(byte[] body) throws BadBodyException {
        GoStruct.Fields fields = REQUEST.parse(body);
        String model = fields.text("model", "name");
        Optional<JsonValue> id = fields.value("id");
        if (id.isPresent() != model.isEmpty()) {
            throw new BadBodyException("expected either \"model\" or \"id\"");
        }
        return new RemovalBody(id.isPresent() ? OptionalLong.of(number(id.get())) : OptionalLong.empty(), model);
    }

    private static long number(JsonValue id) throws BadBodyException {
        if (id instanceof JsonValue.Numeral numeral
                && POSITIVE.matcher(numeral.literal()).matches()) {
            return Long.parseLong(numeral.literal());
        }
        String was = id instanceof JsonValue.Numeral numeral ? numeral.literal() : "a JSON " + id.kind();
        throw new BadBodyException("id must be a positive integer, was " + was);
    }
}
