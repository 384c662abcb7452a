package io.github.ohhhllama.proxy.internal.process;

import io.github.ohhhllama.proxy.internal.json.Health;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lists how a command may end. */
public final class ExitCode {

    /** What was asked is done. */
    public static final int OK = 0;

    /** It was tried and did not work. */
    public static final int FAILED = 1;

    /** The command line or the settings are not valid; nothing was tried. */
    public static final int USAGE = 2;

    /** No proxy answers at the address. */
    public static final int UNREACHABLE = 3;

    /** The model or entry is not in the queue, or the registry has no such model. */
    public static final int NOT_FOUND = 4;

    /** Something stands against it: a conflict, a disk without room, or the daily limit. */
    public static final int CONFLICT = 5;

    /** It works, but not all is well. */
    public static final int DEGRADED = 6;

    private ExitCode() {}

    /** Returns the list as it stands in every usage message: the codes as they are shown there, and what they mean. */
    public static Map<String, String> descriptions() {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put(" " + OK, "done");
        codes.put(" " + FAILED, "failed");
        codes.put(" " + USAGE, "wrong usage or settings");
        codes.put(" " + UNREACHABLE, "the proxy cannot be reached");
        codes.put(" " + NOT_FOUND, "not in the queue, or no such model");
        codes.put(" " + CONFLICT, "conflict, no room on the disk, or the daily limit is used up");
        codes.put(" " + DEGRADED, "works, but not all is well (status, doctor; 1 if something does not work)");
        codes.put("130", "ended by Ctrl-C (143: by SIGTERM); serve stops in good order then");
        return codes;
    }

    /**
     * Returns the exit code of a command that was asked how things are.
     *
     * @param status how they are
     */
    public static int of(Health.Status status) {
        return switch (status) {
            case HEALTHY -> OK;
            case DEGRADED -> DEGRADED;
            case UNHEALTHY -> FAILED;
        };
    }

    /**
     * Returns the exit code that fits an HTTP status.
     *
     * @param status of an answer the proxy gave
     */
    public static int of(int status) {
        if (status < 300) {
            return OK;
        }
        return switch (status) {
            case 400 -> USAGE;
            case 404 -> NOT_FOUND;
            case 409, 429, 507 -> CONFLICT;
            default -> FAILED;
        };
    }
}
