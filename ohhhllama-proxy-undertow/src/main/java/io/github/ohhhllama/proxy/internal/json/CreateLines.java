package io.github.ohhhllama.proxy.internal.json;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Follows what Ollama v0.33 says during a create, line by line: whether it downloads the model to start from, and how it
 * ends.
 *
 * <p>A download comes before all else. Of a layer that is here Ollama says once that all of it is, so that a download of
 * which all layers are here is none. Not thread-safe.
 */
public final class CreateLines {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final int LONGEST_LINE = 1 << 20;

    private static final GoStruct LINE = GoStruct.named("ProgressResponse")
            .with(GoType.STRING, "status", "digest", "error")
            .with(GoType.INT, "total", "completed");

    /** What Ollama's create says together with 400, and may say after other lines: in its {@code CreateHandler}. */
    private static final Pattern REQUEST_FAULT = Pattern.compile("template error.*"
            + "|info field .* must be a .*"
            + "|only one adapter is currently supported"
            + "|supplied file was not in GGUF format"
            + "|unknown type"
            + "|no files provided to convert");

    private final long most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, Long> missing = new HashMap<>();
    private byte[] last = Replies.status("");
    private String error = "";
    private boolean begun;
    private boolean beyond;

    /**
     * Begins before the first line.
     *
     * @param most a download that brings no more bytes than these is let pass
     */
    public CreateLines(long most) {
        this.most = most;
    }

    /**
     * Reads on.
     *
     * @param bytes what has come, however it is divided; all of it is taken
     */
    public void add(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte each = bytes.get();
            if (each == '\n') {
                complete();
            } else if (line.size() < LONGEST_LINE) {
                line.write(each);
            }
        }
    }

    /** Returns whether Ollama downloads the model to start from. */
    public boolean isDownload() {
        return !beyond && missing.values().stream().mapToLong(Long::longValue).sum() > most;
    }

    /** Returns whether Ollama is beyond the point where it would download. */
    public boolean isBeyond() {
        return beyond;
    }

    /** Returns the status of the answer to one who wanted one object, after the last line. */
    public int status() {
        if (error.isEmpty()) {
            return OK;
        }
        return REQUEST_FAULT.matcher(error).matches() ? BAD_REQUEST : SERVER_ERROR;
    }

    /** Returns the object for one who wanted one, after the last line. */
    public byte[] object() {
        return last.clone();
    }

    private void complete() {
        last = line.toByteArray();
        line.reset();
        Optional<GoStruct.Fields> read = read(last);
        error = read.map(fields -> fields.text("error")).orElse("");
        if (!beyond) {
            beyond = read.isEmpty() || !pulls(read.get());
        }
        begun = true;
    }

    private boolean pulls(GoStruct.Fields fields) {
        String status = fields.text("status");
        if (!begun) {
            return status.equals("pulling manifest");
        }
        // What comes later of a layer says less of how much was to come.
        missing.putIfAbsent(fields.text("digest"), Math.max(0, fields.number("total") - fields.number("completed")));
        return status.startsWith("pulling ");
    }

    private static Optional<GoStruct.Fields> read(byte[] text) {
        try {
            return Optional.of(LINE.parse(text));
        } catch (BadBodyException none) {
            return Optional.empty();
        }
    }
}
