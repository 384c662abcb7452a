package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the proxy's own API from the client's side; fields it does not know are left out. */
public final class ApiJson {

    private static final Moshi MOSHI =
            new Moshi.Builder().add(Instant.class, new Rfc3339().nullSafe()).build();
    private static final JsonAdapter<QueueView> QUEUE = MOSHI.adapter(QueueView.class);
    private static final JsonAdapter<ActionView> ACTION = MOSHI.adapter(ActionView.class);
    private static final JsonAdapter<Object> ANY = MOSHI.adapter(Object.class);

    private ApiJson() {}

    /**
     * Reads the answer to {@code GET /api/queue}.
     *
     * @return the queue, or empty if the text is anything else
     */
    public static Optional<QueueView> queue(String text) {
        return parse(QUEUE, text).filter(view -> view.counts() != null && view.queue() != null);
    }

    /**
     * Reads the answer to a request that changes something.
     *
     * @return what it says, or empty if the text is not a JSON object
     */
    public static Optional<ActionView> action(String text) {
        return parse(ACTION, text);
    }

    /**
     * Writes the body of a pull.
     *
     * @param model the model in the user's spelling
     * @param insecure whether Ollama may speak plain HTTP to the registry
     */
    public static String pull(String model, boolean insecure) {
        return insecure ? ANY.toJson(Map.of("model", model, "insecure", true)) : model(model);
    }

    /**
     * Writes a body that names a model.
     *
     * @param model the model in the user's spelling
     */
    public static String model(String model) {
        return ANY.toJson(Map.of("model", model));
    }

    /**
     * Writes a body that names an entry.
     *
     * @param id its number
     */
    public static String entry(long id) {
        return ANY.toJson(Map.of("id", id));
    }

    private static <T> Optional<T> parse(JsonAdapter<T> adapter, String text) {
        try {
            return Optional.ofNullable(adapter.fromJson(text));
        } catch (IOException | JsonDataException notOurs) {
            return Optional.empty();
        }
    }

    private static final class Rfc3339 extends JsonAdapter<Instant> {

        @Override
        public Instant fromJson(JsonReader reader) throws IOException {
            String text = reader.nextString();
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException invalid) {
                throw new JsonDataException(
                        "Expected an RFC 3339 timestamp at " + reader.getPath() + ", was \"" + text + '"', invalid);
            }
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Instant moment) throws IOException {
            writer.value(String.valueOf(moment));
        }
    }
}
