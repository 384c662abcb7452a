package io.github.ohhhllama.proxy.internal.json;

/**
 * Holds what {@code POST /api/pull} asks for, understood as Ollama understands it.
 *
 * @param model the name as it was sent: {@code model}, or {@code name} where that is empty; not checked yet, never empty
 * @param insecure whether Ollama may speak plain HTTP to the registry
 * @param stream whether the client wants progress line by line; only a literal {@code false} says no
 */
public record PullBody(String model, boolean insecure, boolean stream) {

    private static final GoStruct REQUEST = GoStruct.named("PullRequest")
            .with(GoType.STRING, "model", "name", "username", "password")
            .with(GoType.BOOL, "insecure")
            .with(GoType.BOOL_POINTER, "stream");

    /**
     * Parses a request body.
     *
     * @throws BadBodyException if Ollama would answer 400 to it, whatever name it holds
     */
    public static PullBody parse(byte[] body) throws BadBodyException {
        GoStruct.Fields fields = REQUEST.parse(body);
        String model = fields.text("model", "name");
        if (model.isEmpty()) {
            throw new BadBodyException("invalid model name");
        }
        return new PullBody(model, fields.flag("insecure", false), fields.flag("stream", true));
    }
}
