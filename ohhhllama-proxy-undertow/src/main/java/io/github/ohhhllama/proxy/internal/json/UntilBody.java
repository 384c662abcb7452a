package io.github.ohhhllama.proxy.internal.json;

import java.util.Optional;

/**
 * Holds how long {@code POST /api/queue/pause} and {@code POST /api/queue/process} are to last.
 *
 * @param until the moment as it was sent, or empty if none was; not checked yet
 */
public record UntilBody(Optional<String> until) {

    private static final GoStruct REQUEST = GoStruct.named("UntilRequest").with(GoType.STRING, "until");

    /**
     * Parses a request body; there need not be one.
     *
     * @throws BadBodyException if it is not a JSON object, or {@code until} is not a string
     */
    public static UntilBody parse(byte[] body) throws BadBodyException {
        if (body.length == 0) {
            return new UntilBody(Optional.empty());
        }
        return new UntilBody(Optional.of(REQUEST.parse(body).text("until")).filter(text -> !text.isBlank()));
    }
}
