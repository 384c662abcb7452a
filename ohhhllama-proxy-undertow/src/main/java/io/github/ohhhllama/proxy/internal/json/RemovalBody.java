package io.github.ohhhllama.proxy.internal.json;

import java.util.Optional;
import java.util.OptionalLong;

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

    /**
     * Parses a request body; the names of fields and repeated fields are treated as in Ollama's own requests.
     *
     * @throws BadBodyException if it is not a JSON object with either {@code model} (or {@code name}) or a positive
     *     integer {@code id}
     */
    public static RemovalBody parse(byte[] body) throws BadBodyException {
        GoStruct.Fields fields = REQUEST.parse(body);
        String model = fields.text("model", "name");
        Optional<JsonText> id = fields.value("id");
        if (id.isPresent() != model.isEmpty()) {
            throw new BadBodyException("expected either \"model\" or \"id\"");
        }
        return new RemovalBody(
                id.isPresent() ? OptionalLong.of(EntryNumber.of("id", id.get())) : OptionalLong.empty(), model);
    }
}
