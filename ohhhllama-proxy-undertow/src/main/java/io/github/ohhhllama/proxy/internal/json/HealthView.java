package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.proxy.internal.json.Health.Check;
import io.github.ohhhllama.proxy.internal.json.Health.Status;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer to {@code GET /api/health} as a client reads it.
 *
 * @param checks the parts by name, each a grade, a sentence, and facts
 */
public record HealthView(@Nullable Map<String, Map<String, Object>> checks) {

    private static final String STATUS = "status";
    private static final String MESSAGE = "message";

    /** Returns what it says, or empty if it is no such answer. */
    Optional<Health> health() {
        if (checks == null || checks.isEmpty()) {
            return Optional.empty();
        }
        try {
            Map<String, Check> read = new LinkedHashMap<>();
            checks.forEach((name, fields) -> read.put(name, check(fields)));
            return Optional.of(new Health(read));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Check check(Map<String, Object> fields) {
        Map<String, Object> details = new LinkedHashMap<>(fields);
        String status = String.valueOf(details.remove(STATUS)).toUpperCase(Locale.ROOT);
        String message = String.valueOf(details.remove(MESSAGE));
        return new Check(Status.valueOf(status), message, details);
    }
}
