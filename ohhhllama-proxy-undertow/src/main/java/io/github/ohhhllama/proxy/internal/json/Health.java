package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Shows how the parts of the proxy are; the whole is as well as its worst part. Immutable.
 *
 * @param checks the parts by name, in the order in which they are shown
 */
public record Health(Map<String, Check> checks) {

    /** Grades a part or the whole; a later one is worse. */
    public enum Status {
        /** Works. */
        HEALTHY,
        /** Works in part, or will not for much longer. */
        DEGRADED,
        /** Does not work. */
        UNHEALTHY;

        /** Returns the word that is shown. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Says how one part is.
     *
     * @param status its grade
     * @param message a sentence for people
     * @param details facts by name, in the order in which they are shown; each a string, a number or a truth value
     */
    public record Check(Status status, String message, Map<String, Object> details) {

        /** Copies the details, in their order. */
        public Check {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        }

        /**
         * Returns a part that works.
         *
         * @param message a sentence for people
         */
        public static Check healthy(String message) {
            return new Check(Status.HEALTHY, message, Map.of());
        }

        /**
         * Returns a part that works in part.
         *
         * @param message a sentence for people
         */
        public static Check degraded(String message) {
            return new Check(Status.DEGRADED, message, Map.of());
        }

        /**
         * Returns a part that does not work.
         *
         * @param message a sentence for people
         */
        public static Check unhealthy(String message) {
            return new Check(Status.UNHEALTHY, message, Map.of());
        }

        /**
         * Returns the same check with one more fact.
         *
         * @param name its name in JSON
         * @param value its value
         */
        public Check with(String name, String value) {
            return fact(name, value);
        }

        /**
         * Returns the same check with one more fact.
         *
         * @param name its name in JSON
         * @param value its value
         */
        public Check with(String name, long value) {
            return fact(name, value);
        }

        /**
         * Returns the same check with one more fact.
         *
         * @param name its name in JSON
         * @param value its value
         */
        public Check with(String name, boolean value) {
            return fact(name, value);
        }

        private Check fact(String name, Object value) {
            Map<String, Object> more = new LinkedHashMap<>(details);
            more.put(name, value);
            return new Check(status, message, more);
        }
    }

    /** Copies the checks, in their order. */
    public Health {
        checks = Collections.unmodifiableMap(new LinkedHashMap<>(checks));
    }

    /** Returns the grade of the whole. */
    public Status status() {
        return checks.values().stream()
                .map(Check::status)
                .max(Status::compareTo)
                .orElse(Status.HEALTHY);
    }

    /** Returns the answer of {@code GET /api/health}. */
    public byte[] toJson() {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            writer.name("status").value(status().word());
            writer.name("checks").beginObject();
            for (Map.Entry<String, Check> each : checks.entrySet()) {
                write(writer.name(each.getKey()), each.getValue());
            }
            writer.endObject();
            writer.endObject();
        });
    }

    private static void write(JsonWriter writer, Check check) throws IOException {
        writer.beginObject();
        writer.name("status").value(check.status().word());
        writer.name("message").value(check.message());
        for (Map.Entry<String, Object> detail : check.details().entrySet()) {
            writer.name(detail.getKey()).jsonValue(detail.getValue());
        }
        writer.endObject();
    }
}
