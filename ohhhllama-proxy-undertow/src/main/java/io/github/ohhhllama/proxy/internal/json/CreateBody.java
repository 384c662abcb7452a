package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonWriter;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds what {@code POST /api/create} asks for, understood as Ollama understands it, and writes the body anew, so that
 * what was decided here is what Ollama reads. Immutable.
 */
public final class CreateBody {

    private static final String FROM = "from";
    private static final String STREAM = "stream";

    private static final GoStruct REQUEST = GoStruct.named("CreateRequest")
            .with(GoType.STRING, "model", "name", FROM, "remote_host", "template", "system", "renderer", "parser")
            .with(GoType.STRING, "requires", "quantize", "quantization", "draft_quantize")
            .with(GoType.BOOL_POINTER, STREAM)
            .with(GoType.STRING_MAP, "files", "draft_files", "adapters")
            .with(GoType.MAP, "parameters", "info")
            .with(GoType.listOf(message(), "[]api.Message"), "messages")
            .with(GoType.ANY, "license")
            .with(GoType.UNKNOWN, "modelfile", "path");

    private static final Pattern NO_ELEMENT = Pattern.compile("(?:^|/)(?:\\.{0,2})(?:/|\\z)");

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

    /**
     * Returns the models that {@code modelfile} names, which an Ollama that reads it would pull; empty for newer clients.
     */
    public List<String> legacyBases() {
        return Modelfile.bases(fields.text("modelfile"));
    }

    /** Tells whether there is a Modelfile, in the body or on Ollama's own disk, that some Ollama may read. */
    public boolean hasModelfile() {
        return fields.value("modelfile").isPresent() || fields.value("path").isPresent();
    }

    /**
     * Tells whether an Ollama reads {@code modelfile}: those before v0.5.5 do, and one whose version says nothing may.
     *
     * @param version for instance {@code 0.33.0}; a build of one's own is {@code 0.0.0}
     */
    public static boolean isModelfileRead(String version) {
        return Modelfile.isRead(version);
    }

    /** Tells whether the client wants progress line by line; only a literal {@code false} says no. */
    public boolean stream() {
        return fields.flag(STREAM, true);
    }

    /**
     * Checks what Ollama v0.33 checks before it looks at the model to start from, apart from the name of the model to make.
     *
     * @throws BadBodyException if Ollama would answer 400
     */
    public void check() throws BadBodyException {
        checkDigests("files", true);
        checkDigests("draft_files", true);
        if (!fields.text("draft_quantize").isEmpty() && !fields.hasEntries("draft_files")) {
            throw new BadBodyException("--draft-quantize requires a DRAFT model");
        }
        checkDigests("adapters", false);
    }

    private void checkDigests(String field, boolean named) throws BadBodyException {
        Set<String> without = new HashSet<>();
        fields.<BadBodyException>each(field, (path, digest) -> {
            if (named && !isPath(path)) {
                throw new BadBodyException("file path must be relative");
            }
            if (!digest.is(JsonText.Kind.STRING) || digest.isEmpty()) {
                without.add(path);
            } else {
                without.remove(path);
            }
        });
        if (!without.isEmpty()) {
            throw new BadBodyException("invalid digest format");
        }
    }

    /**
     * Returns the body with one {@code from} in the place of all of its spellings: same members, same order, numbers as
     * they were written, nothing after the object.
     *
     * @param from the model to start from, or null for none
     * @param lines whether Ollama is to tell its progress line by line, whatever the client wants
     */
    public byte[] rebuilt(@Nullable String from, boolean lines) {
        Set<String> names = lines && !stream() ? Set.of(FROM, STREAM) : Set.of(FROM);
        return JsonLine.bytes(writer -> {
            writer.beginObject();
            Set<String> written = new HashSet<>();
            fields.whole().<IOException>each((member, value) -> {
                String name = GoStruct.fold(member);
                if (!names.contains(name)) {
                    value.writeTo(writer.name(member));
                } else if (written.add(name)) {
                    write(writer, name, from);
                }
            });
            if (written.add(FROM)) {
                write(writer, FROM, from);
            }
            writer.endObject();
        });
    }

    /** Ollama's {@code Message}, which is an {@code Alias} while it reads itself. */
    private static GoType message() {
        GoStruct function = GoStruct.named("ToolCallFunction")
                .with(GoType.INT, "index")
                .with(GoType.STRING, "name")
                .with(GoType.customMap("Value looks like object, but can't find closing '}' symbol"), "arguments");
        GoStruct call = GoStruct.named("ToolCall").with(GoType.STRING, "id").with(GoType.of(function), "function");
        return GoType.custom(GoType.of(GoStruct.named("Alias")
                .with(GoType.STRING, "role", "content", "thinking", "tool_name", "tool_call_id")
                .with(GoType.listOf(GoType.BYTES, "[]api.ImageData"), "images")
                .with(GoType.listOf(GoType.of(call), "[]api.ToolCall"), "tool_calls")));
    }

    /** Tells what Go's {@code fs.ValidPath} does: no end is a slash, no element empty, {@code .} or {@code ..}. */
    private static boolean isPath(String path) {
        return path.equals(".") || !NO_ELEMENT.matcher(path).find();
    }

    /** Writes a member of ours. */
    private static void write(JsonWriter writer, String name, @Nullable String from) throws IOException {
        if (name.equals(STREAM)) {
            writer.name(STREAM).value(true);
        } else if (from != null) {
            writer.name(FROM).value(from);
        }
    }
}
