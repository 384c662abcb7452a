package io.github.ohhhllama.proxy.internal.json;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes the one object that Ollama v0.33 answers to a create without {@code stream} of the lines that it tells otherwise.
 *
 * <p>Lines do not say which status a failure has, so it goes by where Ollama's {@code CreateHandler} gives 400: to what is
 * wrong with the files that come along, with {@code info} and with the template. One case stays open: what Ollama finds
 * wrong right after it converted files counts as theirs unless its words are known. Not thread-safe.
 */
final class CreateOutcome {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final int BAD_GATEWAY = 502;

    private static final Set<String> CONVERSION = Set.of("parsing GGUF", "converting model", "converting adapter");

    private static final Pattern REQUEST_FAULT =
            Pattern.compile("(?:template error|info field |only one adapter is currently supported).*");

    private static final Pattern AFTER_CONVERSION = Pattern.compile(
            "(?:unsupported quantization type|quantization is only supported|draft quantization requires|unknown license type).*");

    private byte[] last = Replies.status("");
    private String status = "";
    private String error = "";

    /** Takes a line. */
    void take(byte[] line, GoStruct.Fields fields) {
        last = line;
        error = fields.text("error");
        if (error.isEmpty()) {
            status = fields.text("status");
        }
    }

    /** Returns the status of the answer. */
    int status() {
        if (!error.isEmpty()) {
            return isRequestFault() ? BAD_REQUEST : SERVER_ERROR;
        }
        return status.equals("success") ? OK : BAD_GATEWAY;
    }

    /** Returns the answer. */
    byte[] object() {
        return error.isEmpty() && !status.equals("success")
                ? Replies.error("Ollama ended its answer without a word of success")
                : last.clone();
    }

    private boolean isRequestFault() {
        return REQUEST_FAULT.matcher(error).matches()
                || (CONVERSION.contains(status)
                        && !AFTER_CONVERSION.matcher(error).matches());
    }
}
