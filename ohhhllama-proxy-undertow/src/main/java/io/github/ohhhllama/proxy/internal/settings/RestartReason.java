package io.github.ohhhllama.proxy.internal.settings;

import java.util.Optional;

/** Tells which settings a running proxy takes over when its settings are read again, and why not the others. */
public final class RestartReason {

    private RestartReason() {}

    /**
     * Returns why a setting takes a restart.
     *
     * @param setting which one
     * @return a clause, or empty if it may change while the proxy runs
     */
    public static Optional<String> of(Setting setting) {
        return switch (setting) {
            case QUEUE_SCHEDULE,
                    QUEUE_WINDOW,
                    QUEUE_WINDOWS,
                    QUEUE_BLACKOUTS,
                    QUEUE_BLACKOUT_CALENDAR,
                    TIME_ZONE,
                    RATE_LIMIT,
                    STALL_TIMEOUT,
                    STALL_MIN_RATE,
                    STALL_AFTER,
                    MAX_NIGHTS,
                    DISK_MIN_FREE,
                    REFRESH,
                    REFRESH_MODELS,
                    PINNED_MODELS,
                    WANTED_FILE,
                    CLEANUP_DAYS,
                    NOTIFY_URL,
                    NOTIFY_SECRET,
                    NOTIFY_ON,
                    LOG_LEVEL -> Optional.empty();
            case LISTEN_HOST, LISTEN_PORT -> Optional.of("clients are connected to the address that was opened");
            case OLLAMA_BACKEND, CONNECT_TIMEOUT -> Optional.of("connections to Ollama are open");
            case DB_PATH -> Optional.of("the queue is kept in the file that was opened");
            case DISK_PATH -> Optional.of("downloads are watched in the folder that was found");
            default -> Optional.of("it is read at the start only");
        };
    }
}
