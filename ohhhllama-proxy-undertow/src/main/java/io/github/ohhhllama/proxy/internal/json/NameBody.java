package io.github.ohhhllama.proxy.internal.json;

/**
 * Holds which model {@code DELETE /api/delete} means, understood as Ollama understands it.
 *
 * @param model the name as it was sent: {@code model}, or {@code name} where that is empty; may be empty
 */
public record NameBody(String model) {

    private static final GoStruct REQUEST = GoStruct.named("DeleteRequest").with(GoType.STRING, "model", "name");

    /**
     * Parses a request body.
     *
     * @throws BadBodyException if Ollama would answer 400 to it, whatever name it holds
     */
    public static NameBody parse(byte[] body) throws BadBodyException {
        return new NameBody(REQUEST.parse(body).text("model", "name"));
    }
}
