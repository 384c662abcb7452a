package io.github.ohhhllama.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.queue.Webhooks;
import io.github.ohhhllama.testing.FakeRegistry;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.RecursiveComparisonAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.json.JsonParserFactory;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Compares what the properties make of a builder with a builder that was told the same in Java. */
final class BuilderOptionsTest {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

    /** Which properties an option of the builder is set by. */
    private static final Map<String, List<String>> BY_PROPERTY = new TreeMap<>(Map.ofEntries(
            Map.entry("backend", List.of("backend")),
            Map.entry("blackoutCalendar", List.of("blackout-calendar")),
            Map.entry("blackouts", List.of("blackouts")),
            Map.entry("cleanup", List.of("cleanup-after")),
            Map.entry("connectTimeout", List.of("connect-timeout")),
            Map.entry("drain", List.of("drain")),
            Map.entry("environment", List.of("proxy-from-environment")),
            Map.entry("maxNights", List.of("max-nights")),
            Map.entry("minFree", List.of("disk.min-free")),
            Map.entry("modelFolder", List.of("disk.path")),
            Map.entry("pauses", List.of("first-pause", "longest-pause")),
            Map.entry("rateLimit", List.of("rate-limit")),
            Map.entry("refresh", List.of("refresh.every", "refresh.models", "refresh.pinned")),
            Map.entry("registry", List.of("preflight")),
            Map.entry("schedule", List.of("schedule")),
            Map.entry("silence", List.of("silence")),
            Map.entry("stall", List.of("stall.min-rate", "stall.after")),
            Map.entry("wanted", List.of("wanted")),
            Map.entry("webhooks", List.of("notify.urls", "notify.secret", "notify.on")),
            Map.entry("window", List.of("window")),
            Map.entry("windows", List.of("windows")),
            Map.entry("zone", List.of("zone"))));

    /** Options that are objects of the application's own. */
    private static final List<String> BY_BEAN = List.of("clock", "listener", "ollama", "rateLimiter");

    /** Chance is of interest to tests alone, which may have an {@link OhhhllamaCustomizer} for it. */
    private static final List<String> BY_CUSTOMIZER = List.of("random");

    /** Whether there is a builder at all, what it is made for, and whether what it makes is started. */
    private static final List<String> OF_THE_STARTER = List.of("data-source", "database", "enabled", "start");

    private final AtomicReference<Ohhhllama.Builder> built = new AtomicReference<>();

    @TempDir
    private Path directory;

    private Path database;
    private ApplicationContextRunner application;

    @BeforeEach
    void setUp() {
        database = directory.resolve("queue.db");
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(OhhhllamaAutoConfiguration.class))
                .withBean(OhhhllamaCustomizer.class, () -> built::set)
                .withPropertyValues("ohhhllama.database=" + database, "ohhhllama.start=false");
    }

    @Test
    void everyOptionHasItsPropertyOrABeanOrAReason() {
        TreeSet<String> known = new TreeSet<>(BY_PROPERTY.keySet());
        known.addAll(BY_BEAN);
        known.addAll(BY_CUSTOMIZER);

        assertThat(options()).containsExactlyElementsOf(known);
    }

    @Test
    void everyPropertySetsAnOption() throws IOException {
        TreeSet<String> known = new TreeSet<>(OF_THE_STARTER);
        BY_PROPERTY.values().forEach(known::addAll);

        assertThat(properties()).containsExactlyElementsOf(known);
    }

    @Test
    void defaultsAreThoseOfTheLibrary() {
        application.run(context -> assertThatBuilder().isEqualTo(Ohhhllama.builder(database)));
    }

    @Test
    void everyPropertyReachesTheBuilder() throws IOException {
        Path calendar = Files.writeString(directory.resolve("freeze.ics"), """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//ohhhllama//test//EN
                END:VCALENDAR
                """);
        application
                .withPropertyValues(
                        "ohhhllama.backend=http://gpu:11435",
                        "ohhhllama.schedule=0 22 * * mon-fri",
                        "ohhhllama.zone=Europe/Berlin",
                        "ohhhllama.window=4h",
                        "ohhhllama.blackouts=2026-12-24..2026-12-26",
                        "ohhhllama.blackout-calendar=" + calendar,
                        "ohhhllama.rate-limit=3",
                        "ohhhllama.connect-timeout=1s",
                        "ohhhllama.silence=3m",
                        "ohhhllama.first-pause=1m",
                        "ohhhllama.longest-pause=2h",
                        "ohhhllama.drain=20s",
                        "ohhhllama.max-nights=7",
                        "ohhhllama.cleanup-after=90d",
                        "ohhhllama.preflight=false",
                        "ohhhllama.wanted=" + directory.resolve("wanted"),
                        "ohhhllama.disk.path=" + directory,
                        "ohhhllama.disk.min-free=20GB",
                        "ohhhllama.stall.min-rate=50KB",
                        "ohhhllama.stall.after=5m",
                        "ohhhllama.refresh.every=7d",
                        "ohhhllama.refresh.models=llama3, hf.co/*",
                        "ohhhllama.refresh.pinned[0]=phi3",
                        "ohhhllama.refresh.pinned[1]=qwen3:8b",
                        "ohhhllama.notify.urls=ntfy+https://ntfy.sh/my-topic, https://ops.example.com/hook",
                        "ohhhllama.notify.secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "ohhhllama.notify.on=failed,night")
                .run(context -> assertThatBuilder()
                        .isEqualTo(Ohhhllama.builder(database)
                                .backend(URI.create("http://gpu:11435"))
                                .schedule("0 22 * * mon-fri")
                                .zone(ZoneId.of("Europe/Berlin"))
                                .window("4h")
                                .blackouts("2026-12-24..2026-12-26")
                                .blackoutCalendar(calendar)
                                .rateLimit(3)
                                .connectTimeout(Duration.ofSeconds(1))
                                .silence(Duration.ofMinutes(3))
                                .pauses(Duration.ofMinutes(1), Duration.ofHours(2))
                                .drain(Duration.ofSeconds(20))
                                .maxNights(7)
                                .cleanup(Duration.ofDays(90))
                                .registry(Registry.NONE)
                                .wanted(directory.resolve("wanted"))
                                .modelFolder(directory)
                                .minFree("20GB")
                                .stall(50 * 1024, Duration.ofMinutes(5))
                                .refresh(Duration.ofDays(7), "llama3,hf.co/*", "phi3,qwen3:8b")
                                .webhooks(Webhooks.parse(
                                                "ntfy+https://ntfy.sh/my-topic,https://ops.example.com/hook",
                                                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                                        .only("failed,night"))));
    }

    @Test
    void windowsByTheDayOfTheWeekReachTheBuilder() {
        application
                .withPropertyValues("ohhhllama.windows=mon-fri 22:00-06:00")
                .run(context -> assertThatBuilder()
                        .isEqualTo(Ohhhllama.builder(database).windows("mon-fri 22:00-06:00")));
    }

    @Test
    void theEnvironmentCountsWhenItShall() {
        application
                .withPropertyValues("ohhhllama.proxy-from-environment=true")
                .run(context -> assertThatBuilder()
                        .isEqualTo(Ohhhllama.builder(database).environment(System.getenv())));
    }

    @Test
    void beansReachTheBuilder() {
        Clock clock = SettableClock.at("2026-11-23T12:00:00Z");
        FakeRegistry registry = new FakeRegistry();
        QueueListener first = new QueueListener() {};
        QueueListener second = new QueueListener() {};
        application
                .withBean(Clock.class, () -> clock)
                .withBean(Registry.class, () -> registry)
                .withBean("first", QueueListener.class, () -> first)
                .withBean("second", QueueListener.class, () -> second)
                .run(context -> assertThatBuilder()
                        .isEqualTo(Ohhhllama.builder(database)
                                .clock(clock)
                                .registry(registry)
                                .listener(first)
                                .listener(second)));
    }

    @Test
    void aRegistryIsNotAskedWhenNoneShallBe() {
        application
                .withBean(Registry.class, FakeRegistry::new)
                .withPropertyValues("ohhhllama.preflight=false")
                .run(context -> assertThatBuilder()
                        .isEqualTo(Ohhhllama.builder(database).registry(Registry.NONE)));
    }

    @Test
    void theDiskIsWatchedWhenItIsKnown() {
        application
                .withPropertyValues("ohhhllama.disk.path=" + directory, "ohhhllama.disk.min-free=1kB")
                .run(context -> assertThat(
                                context.getBean(Ohhhllama.class).queue().disk())
                        .matches(disk -> disk.kept() == 1000 && disk.location().equals(directory.toString())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    backend            | localhost:11435  | expected http://HOST:PORT, was "localhost:11435"
                    connect-timeout    | 0s               | timeout must be longer than 0, was PT0S
                    schedule           | every night      | expected five fields
                    window             | later            | expected
                    windows            | every night      | expected days, from-to
                    blackouts          | christmas        | expected
                    blackout-calendar  | nowhere.ics      | nowhere.ics
                    rate-limit         | -1               | models must be 0 or more, was -1
                    silence            | -1s              | limit must be longer than 0, was PT-1S
                    first-pause        | 0s               | first must be longer than 0, was PT0S
                    longest-pause      | 1s               | must not be shorter than ohhhllama.first-pause, which is PT30S
                    drain              | -1s              | patience must be 0 or longer, was PT-1S
                    max-nights         | -1               | nights must be 0 or more, was -1
                    cleanup-after      | 0d               | age must be longer than 0, was PT0S
                    disk.min-free      | a lot            | expected a size such as 20GB
                    stall.min-rate     | -1B              | must be 0 or more bytes a second, was -1B
                    stall.after        | 0s               | after must be longer than 0, was PT0S
                    refresh.every      | -1d              | must be 0, for never, or longer, was PT-24H
                    notify.on          | sometimes        | expected ready, failed or night
                    """)
    void whatIsNotAsItShouldBeIsNamed(String property, String value, String expectation) {
        String name = "ohhhllama." + property;
        application.withPropertyValues(name + '=' + value).run(context -> {
            var refused = refusal(Objects.requireNonNull(context.getStartupFailure()));
            assertThat(refused.getName()).isEqualTo(name);
            assertThat(refused.getReason()).contains(expectation);
            assertThat(refused).hasMessageStartingWith("Property " + name + " with value '");
        });
    }

    @Test
    void aWindowHasOneEnd() {
        application
                .withPropertyValues("ohhhllama.windows=mon-fri 22:00-06:00", "ohhhllama.window=4h")
                .run(context -> assertThat(refusal(Objects.requireNonNull(context.getStartupFailure())))
                        .hasMessageContaining("ohhhllama.window ")
                        .hasMessageContaining("(ohhhllama.windows) have their own ends"));
    }

    @ParameterizedTest
    @CsvSource({"notify.urls, mailto:someone@secret.example", "notify.secret, whsec_!!!secret!!!"})
    void whatIsSecretIsRefusedWithoutBeingShown(String property, String value) {
        application
                .withPropertyValues("ohhhllama." + property + '=' + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageStartingWith("Property ohhhllama." + property + " is invalid: ")
                        .hasMessageNotContaining("secret.example")
                        .hasMessageNotContaining("!!!"));
    }

    @Test
    void whatIsSecretIsNotInTheTextOfTheProperties() {
        application
                .withPropertyValues(
                        "ohhhllama.notify.urls=https://ntfy.sh/my-topic", "ohhhllama.notify.secret=not-for-you")
                .run(context -> assertThat(context.getBean(OhhhllamaProperties.class))
                        .asString()
                        .contains("Notify[on=[ready, failed, night]]")
                        .doesNotContain("my-topic", "not-for-you"));
    }

    private RecursiveComparisonAssert<?> assertThatBuilder() {
        return assertThat(built.get()).usingRecursiveComparison().ignoringFields("random");
    }

    private static InvalidConfigurationPropertyValueException refusal(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(InvalidConfigurationPropertyValueException.class::isInstance)
                .map(InvalidConfigurationPropertyValueException.class::cast)
                .findFirst()
                .orElseThrow(() -> new AssertionError("expected a property to be named", failure));
    }

    private static Set<String> options() {
        Set<String> options = new TreeSet<>();
        Arrays.stream(Ohhhllama.Builder.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> method.getReturnType() == Ohhhllama.Builder.class)
                .map(Method::getName)
                .forEach(options::add);
        return options;
    }

    private static List<String> properties() throws IOException {
        Object all = JsonParserFactory.getJsonParser()
                .parseMap(Files.readString(METADATA))
                .get("properties");
        List<String> names = new ArrayList<>();
        for (Object property : (List<?>) Objects.requireNonNull(all)) {
            String name = String.valueOf(((Map<?, ?>) property).get("name"));
            if (name.startsWith("ohhhllama.")) {
                names.add(name.substring("ohhhllama.".length()));
            }
        }
        names.sort(null);
        return names;
    }
}
