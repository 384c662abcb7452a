package io.github.ohhhllama.proxy.internal.settings;

import io.github.ohhhllama.proxy.Access;
import io.github.ohhhllama.proxy.PullReply;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Backend;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Disk;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Fresh;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Hours;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Listen;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.NightSettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Notify;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Patience;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Turns the texts of the settings into values, and gathers what is wrong with them on the way. Not thread-safe. */
final class SettingTexts {

    /** What the IANA's database has and Java leaves out. */
    private static final Map<String, String> OMITTED_ZONES =
            Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00", "ROC", "Asia/Taipei");

    private static final int MOST = Integer.MAX_VALUE;
    private static final Set<String> LEVELS = Set.of("error", "warn", "info", "debug", "trace");
    private static final Set<String> FORMATS = Set.of("text", "json");
    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::");

    private final Map<Setting, SettingValue> values;
    private final Environment environment;
    private final List<SettingProblem> problems;

    SettingTexts(Map<Setting, SettingValue> values, Environment environment, List<SettingProblem> problems) {
        this.values = values;
        this.environment = environment;
        this.problems = new ArrayList<>(problems);
    }

    /** Returns the settings, with the default in place of each text that is not what it should be. */
    ProxySettings parse() {
        take(Setting.LOG_LEVEL, SettingTexts::level);
        take(Setting.LOG_FORMAT, SettingTexts::format);
        Listen listen = new Listen(
                take(Setting.LISTEN_HOST, Endpoint::host), take(Setting.LISTEN_PORT, text -> Endpoint.port(text, 0)));
        Endpoint endpoint = take(Setting.OLLAMA_BACKEND, Endpoint::parse);
        refuseLoop(listen, endpoint);
        return new ProxySettings(
                listen,
                new Backend(endpoint.host(), endpoint.port(), take(Setting.CONNECT_TIMEOUT, HumanDuration::parse)),
                access(),
                take(Setting.PULL_REPLY, SettingTexts::pullReply),
                take(Setting.METRICS, SettingTexts::onOrOff),
                queue());
    }

    /** Returns everything that is wrong. */
    List<SettingProblem> problems() {
        return problems;
    }

    private Access access() {
        return new Access(
                take(Setting.TRUSTED_PROXIES, SettingTexts::list),
                take(Setting.ALLOWED_HOSTS, SettingTexts::list),
                take(Setting.ALLOWED_ORIGINS, SettingTexts::list),
                take(Setting.ALLOWED_REGISTRIES, SettingTexts::list));
    }

    private QueueSettings queue() {
        return new QueueSettings(
                take(Setting.DB_PATH, this::path),
                take(Setting.RATE_LIMIT, text -> WholeNumber.parse(text, 0, MOST, "a number of models")),
                take(Setting.QUEUE_SCHEDULE, Function.identity()),
                take(Setting.TIME_ZONE, SettingTexts::zone),
                take(Setting.STALL_TIMEOUT, HumanDuration::parse),
                night(),
                new Notify(
                        take(Setting.NOTIFY_URL, Function.identity()),
                        take(Setting.NOTIFY_SECRET, Function.identity()),
                        take(Setting.NOTIFY_ON, Function.identity())));
    }

    private NightSettings night() {
        return new NightSettings(
                new Hours(
                        take(Setting.QUEUE_WINDOW, Function.identity()),
                        take(Setting.QUEUE_WINDOWS, Function.identity()),
                        take(Setting.QUEUE_BLACKOUTS, Function.identity()),
                        take(Setting.QUEUE_BLACKOUT_CALENDAR, this::optionalPath)),
                new Disk(take(Setting.DISK_PATH, this::optionalPath), take(Setting.DISK_MIN_FREE, Function.identity())),
                new Patience(
                        take(Setting.STALL_MIN_RATE, HumanSize::parse),
                        take(Setting.STALL_AFTER, HumanDuration::parse),
                        take(Setting.MAX_NIGHTS, text -> WholeNumber.parse(text, 0, MOST, "a number of nights"))),
                new Fresh(
                        take(Setting.REFRESH, SettingTexts::refresh),
                        take(Setting.REFRESH_MODELS, Function.identity()),
                        take(Setting.PINNED_MODELS, Function.identity()),
                        take(Setting.WANTED_FILE, this::optionalPath)),
                take(Setting.PREFLIGHT, SettingTexts::onOrOff),
                take(Setting.CLEANUP_DAYS, text -> WholeNumber.parse(text, 1, MOST, "a number of days")));
    }

    private <T> T take(Setting setting, Function<String, T> parser) {
        SettingValue value = Objects.requireNonNull(values.get(setting));
        try {
            return parser.apply(value.text());
        } catch (UnexpectedTextException unexpected) {
            refuse(setting, String.valueOf(unexpected.getMessage()));
            return parser.apply(stand(setting));
        }
    }

    private String stand(Setting setting) {
        return switch (setting) {
            case DB_PATH -> environment.defaultDatabase().toString();
            case TIME_ZONE -> "UTC";
            default -> setting.fallback();
        };
    }

    private void refuse(Setting setting, String expected) {
        problems.add(SettingProblem.of(Objects.requireNonNull(values.get(setting)), expected));
    }

    private void refuseLoop(Listen listen, Endpoint backend) {
        boolean here = backend.host().equalsIgnoreCase(listen.host())
                || (isLoopback(backend.host()) && (isLoopback(listen.host()) || EVERY_ADDRESS.contains(listen.host())));
        if (here && listen.port() == backend.port()) {
            refuse(
                    Setting.OLLAMA_BACKEND,
                    "Ollama's address; port " + listen.port()
                            + " is the proxy's own (LISTEN_PORT), it would call itself");
        }
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private Path path(String text) {
        try {
            return environment.path(text);
        } catch (InvalidPathException invalid) {
            throw new UnexpectedTextException("the path of a file");
        }
    }

    private Optional<Path> optionalPath(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(path(text));
    }

    private static boolean onOrOff(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes", "1" -> true;
            case "off", "false", "no", "0" -> false;
            default -> throw new UnexpectedTextException("on or off");
        };
    }

    private static Duration refresh(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "off" -> Duration.ZERO;
            case "nightly" -> Duration.ofDays(1);
            case "weekly" -> Duration.ofDays(7);
            default -> throw new UnexpectedTextException("off, weekly or nightly");
        };
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text, OMITTED_ZONES);
        } catch (DateTimeException unknown) {
            throw new UnexpectedTextException("a time zone such as Europe/Berlin, America/New_York or UTC");
        }
    }

    private static PullReply pullReply(String text) {
        return Arrays.stream(PullReply.values())
                .filter(reply -> reply.word().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UnexpectedTextException("auto, hold or async"));
    }

    private static String level(String text) {
        String level = text.toLowerCase(Locale.ROOT);
        if (!LEVELS.contains(level)) {
            throw new UnexpectedTextException("error, warn, info, debug or trace");
        }
        return level;
    }

    private static String format(String text) {
        String format = text.toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw new UnexpectedTextException("text or json");
        }
        return format;
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
