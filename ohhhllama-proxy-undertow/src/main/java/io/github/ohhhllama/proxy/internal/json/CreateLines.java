package io.github.ohhhllama.proxy.internal.json;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Follows what Ollama v0.33 says during a create, line by line: whether it downloads the model to start from, and how it
 * ends.
 *
 * <p>A download comes before all else. Of a layer that is here Ollama says in one line that all of it is, so that a download
 * of which all layers are here is none. Of any other it says again and again how much has come, and of one that another
 * request began not even how much it will be. Not thread-safe.
 */
public final class CreateLines {

    private static final int LONGEST_LINE = 1 << 20;

    private static final GoStruct LINE = GoStruct.named("ProgressResponse")
            .with(GoType.STRING, "status", "digest", "error")
            .with(GoType.INT, "total", "completed");

    private final long most;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, Long> missing = new HashMap<>();
    private final CreateOutcome outcome = new CreateOutcome();
    private boolean begun;
    private boolean beyond;
    private boolean endless;

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

    /** Takes what has come of the last line for all of it. */
    public void end() {
        if (line.size() > 0) {
            complete();
        }
    }

    /** Returns whether Ollama downloads the model to start from. */
    public boolean isDownload() {
        return !beyond
                && (endless
                        || missing.values().stream().mapToLong(Long::longValue).sum() > most);
    }

    /** Returns whether Ollama is beyond the point where it would download. */
    public boolean isBeyond() {
        return beyond;
    }

    /** Returns the status of the answer to one who wants one object, after the last line. */
    public int status() {
        return outcome.status();
    }

    /** Returns the object for one who wants one, after the last line. */
    public byte[] object() {
        return outcome.object();
    }

    private void complete() {
        byte[] text = line.toByteArray();
        line.reset();
        Optional<GoStruct.Fields> read = read(text);
        read.ifPresent(fields -> outcome.take(text, fields));
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
        if (!status.startsWith("pulling ")) {
            return false;
        }
        String digest = fields.text("digest");
        long total = fields.number("total");
        if (total > 0) {
            // What comes later of a layer says less of how much was to come.
            missing.merge(digest, Math.max(0, total - fields.number("completed")), Math::max);
        } else {
            endless |= missing.put(digest, 0L) != null;
        }
        return true;
    }

    private static Optional<GoStruct.Fields> read(byte[] text) {
        try {
            return Optional.of(LINE.parse(text));
        } catch (BadBodyException none) {
            return Optional.empty();
        }
    }
}
