package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds where {@code POST /api/queue/{id}/move} wants an entry to stand.
 *
 * @param spot the place
 */
public record MoveBody(Spot spot) {

    private static final GoStruct REQUEST = GoStruct.named("MoveRequest")
            .with(GoType.BOOL, "first")
            .with(GoType.ANY, "before")
            .with(GoType.STRING, "priority");

    /**
     * Parses a request body.
     *
     * @throws BadBodyException if it does not say exactly one of {@code "first":true}, {@code "before":ID} and {@code
     *     "priority":"high|normal|low"}
     */
    public static MoveBody parse(byte[] body) throws BadBodyException {
        GoStruct.Fields fields = REQUEST.parse(body);
        List<Spot> spots = new ArrayList<>();
        if (fields.flag("first", false)) {
            spots.add(new Spot.First());
        }
        Optional<JsonText> before = fields.value("before");
        if (before.isPresent()) {
            spots.add(new Spot.Before(EntryNumber.of("before", before.get())));
        }
        String priority = fields.text("priority");
        if (!priority.isEmpty()) {
            spots.add(new Spot.Among(PriorityWord.parse(priority)));
        }
        if (spots.size() != 1) {
            throw new BadBodyException("expected one of \"first\":true, \"before\":ID and \"priority\":\"high\", "
                    + "\"normal\" or \"low\", were " + spots.size());
        }
        return new MoveBody(spots.get(0));
    }
}
