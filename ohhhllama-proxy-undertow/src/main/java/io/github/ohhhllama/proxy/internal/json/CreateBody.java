package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.List;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Holds what {@code POST /api/create} asks for, understood as Ollama understands it, and writes the body anew, so that
 * what was decided here is what Ollama reads. Immutable.
 */
public final class CreateBody {

    private static final String FROM = "from";

    private static final GoStruct REQUEST = GoStruct.named("CreateRequest")
            .with(GoType.STRING, "model", "name", FROM, "remote_host", "template", "system", "renderer", "parser")
            .with(GoType.STRING, "requires", "quantize", "quantization", "draft_quantize")
            .with(GoType.BOOL_POINTER, "stream")
            .with(GoType.STRING_MAP, "files", "draft_files", "adapters")
            .with(GoType.MAP, "parameters", "info")
            .with(GoType.MESSAGES, "messages")
            .with(GoType.ANY, "license", "modelfile");

    private final GoStruct.Fields fields;

    private CreateBody(GoStruct.Fields fields) {
        this.fields = fields;
    }

    /**
     * Parses a request body.
     *
     * @throws BadBodyException if Ollama would answer 400 to its form
     */
    public static CreateBody parse(byte[] body) throws BadBodyException {
        return new CreateBody(REQUEST.parse(body));
    }

    /** Returns the name of the model to make: {@code model}, or {@code name} where that is empty; may be empty. */
    public String model() {
        return fields.text("model", "name");
    }

    /** Returns the model to start from as it was sent; empty if there is none. */
    public String from() {
        return fields.text(FROM);
    }

    /** Returns the server that runs the model; empty unless the result is to be a stub. */
    public String remoteHost() {
        return fields.text("remote_host");
    }

    /** Returns the models that {@code modelfile} names, which Ollama before v0.5.5 would pull; empty for newer clients. */
    public List<String> legacyBases() {
        return Modelfile.bases(fields.text("modelfile"));
    }

    /** Tells whether there are files to start from. */
    public boolean hasFiles() {
        return fields.value("files")
                .filter(files -> files instanceof JsonValue.Members members
                        && !members.values().isEmpty())
                .isPresent();
    }

    /** Tells whether the client wants progress line by line; only a literal {@code false} says no. */
    public boolean stream() {
        return fields.flag("stream", true);
    }

    /**
     * Returns the body with one {@code from} in the place of all of its spellings: same members, same order, numbers as
     * they were written, nothing after the object.
     *
     * @param from the model to start from, or null for none
     */
    public byte[] rebuilt(@Nullable String from) {
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            boolean written = from == null;
            for (JsonValue.Member member : fields.whole().values()) {
                if (!GoStruct.fold(member.name()).equals(FROM)) {
                    write(writer.name(member.name()), member.value());
                } else if (!written) {
                    writer.name(FROM).value(from);
                    written = true;
                }
            }
            if (!written) {
                writer.name(FROM).value(from);
            }
            writer.endObject();
        });
    }

    private static void write(JsonWriter writer, JsonValue value) throws IOException {
        if (value instanceof JsonValue.Members members) {
            writer.beginObject();
            for (JsonValue.Member member : members.values()) {
                write(writer.name(member.name()), member.value());
            }
            writer.endObject();
        } else if (value instanceof JsonValue.Items items) {
            writer.beginArray();
            for (JsonValue item : items.values()) {
                write(writer, item);
            }
            writer.endArray();
        } else {
            writeScalar(writer, value);
        }
    }

    private static void writeScalar(JsonWriter writer, JsonValue value) throws IOException {
        if (value instanceof JsonValue.Text text) {
            writer.value(text.value());
        } else if (value instanceof JsonValue.Flag flag) {
            writer.value(flag.value());
        } else if (value instanceof JsonValue.Numeral numeral) {
            // The writer's own number methods would have to parse what no number type of Java can hold.
            try (BufferedSink sink = writer.valueSink()) {
                sink.writeUtf8(numeral.literal());
            }
        } else {
            writer.nullValue();
        }
    }
}
