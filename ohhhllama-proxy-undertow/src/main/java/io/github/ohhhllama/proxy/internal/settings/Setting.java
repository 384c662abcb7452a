package io.github.ohhhllama.proxy.internal.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists every setting; a constant's name is its name in the environment and in the file. */
public enum Setting {
    LISTEN_HOST("HOST", "127.0.0.1", "Where clients reach the proxy; 0.0.0.0 or :: shares it with the network."),
    LISTEN_PORT("PORT", "11434", "The port clients use; 0 takes any free one."),
    OLLAMA_BACKEND("URL", "http://127.0.0.1:11435", "Where Ollama is."),
    CONNECT_TIMEOUT("TIME", "5s", "How long a connection to Ollama may take, for instance 5s."),
    DB_PATH("FILE", "", "The SQLite file that keeps the queue; by default in the user's state directory."),
    RATE_LIMIT("N", "5", "How many new models a client may queue a day; 0 for any number."),
    QUEUE_SCHEDULE("CRON", "0 3 * * *", "When the queue starts: five cron fields, @daily and its like, or Quartz."),
    QUEUE_WINDOW(
            "END", "", "When a window that the schedule begins ends: after 4h, or at 06:00; else when all is done."),
    QUEUE_WINDOWS("WINDOWS", "", "Windows in place of the schedule: mon-fri 22:00-06:00; sat,sun 00:00-24:00."),
    QUEUE_BLACKOUTS("DATES", "", "Dates on which nothing is downloaded: 2026-12-24..2026-12-26, 2026-12-31."),
    QUEUE_BLACKOUT_CALENDAR("FILE", "", "An iCalendar file during whose events nothing is downloaded."),
    TIME_ZONE("ZONE", "", "The zone the schedule is meant in, for instance Europe/Berlin; by default the system's."),
    STALL_TIMEOUT("TIME", "120s", "How long a download may be silent before it is tried anew, for instance 2m."),
    STALL_MIN_RATE(
            "RATE", "0", "A download that stays below this rate is broken off, to go on later: 50kB; 0 for never."),
    STALL_AFTER("TIME", "10m", "For how long it has to stay below."),
    MAX_NIGHTS("N", "0", "In how many nights a model is tried before it is given up; 0 for any number."),
    PREFLIGHT(
            "ON/OFF",
            "on",
            "Whether a model's registry is asked for its size, and whether it exists, when it is queued."),
    DISK_PATH("DIR", "", "The folder of Ollama's models; by default OLLAMA_MODELS, or where Ollama keeps them."),
    DISK_MIN_FREE("SIZE", "2%", "How much of its disk stays free: 20GB, or 5%."),
    REFRESH("HOW OFTEN", "off", "Whether installed models are kept fresh: off, weekly or nightly."),
    REFRESH_MODELS("NAMES", "*", "Which of them; * stands for anything, separated by commas."),
    PINNED_MODELS("NAMES", "", "Which of them stay as they are; separated by commas."),
    WANTED_FILE("FILE", "", "A list of models to have, one a line, looked at when a window begins."),
    CLEANUP_DAYS("N", "30", "How many days the history and ended entries are kept."),
    PULL_REPLY("HOW", "auto", "How a queued pull is answered: auto, hold or async."),
    TRUSTED_PROXIES("NETS", "", "Networks (CIDR) whose X-Forwarded-For is believed, separated by commas."),
    ALLOWED_HOSTS("HOSTS", "", "Host names accepted beside the local ones, separated by commas."),
    ALLOWED_ORIGINS("ORIGINS", "", "Browser origins accepted beside the local ones, separated by commas."),
    ALLOWED_REGISTRIES("HOSTS", "", "Local or private registries that may be pulled from, separated by commas."),
    NOTIFY_URL("URLS", "", "Who is told what happens: https://HOST/PATH, or after ntfy+, gotify+, slack+, discord+."),
    NOTIFY_SECRET("TEXT", "", "What these messages are signed with (HMAC-SHA256, Standard Webhooks)."),
    NOTIFY_ON("WHAT", "ready,failed,night", "What they are told of: ready, failed, night."),
    METRICS("ON/OFF", "on", "Whether GET /metrics tells Prometheus how the proxy is doing."),
    LOG_LEVEL("LEVEL", "info", "How much is logged: error, warn, info, debug or trace."),
    LOG_FORMAT("FORMAT", "text", "How a record is written, each on one line: text, or json.");

    private final String label;
    private final String fallback;
    private final String description;

    Setting(String label, String fallback, String description) {
        this.label = label;
        this.fallback = fallback;
        this.description = description;
    }

    /** Returns the flag of the command line, for instance {@code --listen-port}. */
    public String flag() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns what stands for the value in a usage message. */
    public String label() {
        return label;
    }

    /** Returns the default as it would be written; empty if there is none or the machine decides. */
    public String fallback() {
        return fallback;
    }

    /** Returns one sentence about the meaning. */
    public String description() {
        return description;
    }

    /**
     * Looks a setting up.
     *
     * @param name its name as it stands in a file
     */
    static Optional<Setting> named(String name) {
        return Arrays.stream(values())
                .filter(setting -> setting.name().equals(name))
                .findFirst();
    }

    /** Returns the names of all settings. */
    static List<String> names() {
        return Arrays.stream(values()).map(Setting::name).toList();
    }
}
