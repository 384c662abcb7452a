package io.github.ohhhllama.queue.internal.ollama;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.Moshi;
import java.io.IOException;

/** Reads and writes Ollama's JSON. Thread-safe; unknown fields are skipped. */
final class OllamaJson {

    private final Moshi moshi = new Moshi.Builder().build();
    private final JsonAdapter<Wire.Pull> pulls = moshi.adapter(Wire.Pull.class);
    private final JsonAdapter<Wire.Named> names = moshi.adapter(Wire.Named.class);

    String write(Wire.Pull pull) {
        return pulls.toJson(pull);
    }

    String write(Wire.Named named) {
        return names.toJson(named);
    }

    /**
     * Reads one object.
     *
     * @throws IOException if the text is not JSON, or not an object of that shape
     */
    <T> T read(Class<T> shape, String json) throws IOException {
        try {
            T value = moshi.adapter(shape).fromJson(json);
            if (value == null) {
                throw new IOException("expected a JSON object, was null");
            }
            return value;
        } catch (JsonDataException otherShape) {
            throw new IOException(
                    "expected " + shape.getSimpleName() + " as JSON: " + otherShape.getMessage(), otherShape);
        }
    }
}
