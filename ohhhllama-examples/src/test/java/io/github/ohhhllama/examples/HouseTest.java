package io.github.ohhhllama.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** Keeps the house in order: what is below knows nothing of what is above, and every library has one room. */
@AnalyzeClasses(
        packages = "io.github.ohhhllama",
        locations = Annexes.class,
        importOptions = HouseTest.WithoutTests.class)
final class HouseTest {

    private static final String API = "io.github.ohhhllama";
    private static final String QUEUE = API + ".queue";
    private static final String SQLITE = QUEUE + ".internal.sqlite";
    private static final String GENERATED = SQLITE + ".generated..";
    private static final String OLLAMA = QUEUE + ".internal.ollama";
    private static final String REGISTRY = QUEUE + ".internal.registry";
    private static final String CRON = QUEUE + ".internal.cron";
    private static final String WINDOW = QUEUE + ".internal.window";
    private static final String NOTIFY = QUEUE + ".internal.notify";
    private static final String PLAN = QUEUE + ".internal.plan";
    private static final String DISK = QUEUE + ".internal.disk";
    private static final String PROXY = API + ".proxy";
    private static final String JSON = PROXY + ".internal.json";
    private static final String CLIENT = PROXY + ".internal.client";
    private static final String RELAY = PROXY + ".internal.relay";
    private static final String METRICS = PROXY + ".internal.metrics";
    private static final String SETTINGS = PROXY + ".internal.settings";
    private static final String TERMINAL = PROXY + ".internal.terminal";
    private static final String SYSTEMD = PROXY + ".internal.systemd";
    private static final String PROCESS = PROXY + ".internal.process";
    private static final String OLLAMA_HERE = PROXY + ".internal.ollama";
    private static final String SERVE = PROXY + ".internal.serve";
    private static final String REMOTE = PROXY + ".internal.remote";
    private static final String DOCTOR = PROXY + ".internal.doctor";
    private static final String CLI = PROXY + ".internal.cli";
    private static final String SPRING = API + ".spring";
    private static final String SAMPLE = API + ".sample";
    private static final String EXAMPLES = API + ".examples";
    private static final String TESTING = API + ".testing";

    @ArchTest
    static final ArchRule noCircles =
            slices().assignedFrom(new Rooms()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theWordsNeedTheJdkOnly = classes()
            .that()
            .resideInAPackage(API)
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(API, "java..", "org.jspecify.."));

    @ArchTest
    static final ArchRule queueKnowsItsRooms =
            knowsOnly(QUEUE, API, SQLITE, OLLAMA, REGISTRY, CRON, WINDOW, PLAN, DISK, NOTIFY);

    @ArchTest
    static final ArchRule onlyTheWiringKnowsWhichClientTalksToOllama = noClasses()
            .that()
            .resideInAPackage(QUEUE)
            .and()
            .doNotHaveFullyQualifiedName(QUEUE + ".Wiring")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OLLAMA);

    @ArchTest
    static final ArchRule sqliteIsAStranger = knowsOnly(SQLITE, API, GENERATED);

    @ArchTest
    static final ArchRule ollamaIsAStranger = knowsOnly(OLLAMA, API);

    @ArchTest
    static final ArchRule registryKnowsWhatOllamasWordsMean = knowsOnly(REGISTRY, API, OLLAMA);

    /** It waits as registries and Ollama ask to, and goes through the same proxies. */
    @ArchTest
    static final ArchRule notifyKnowsHowOthersAreAsked = knowsOnly(NOTIFY, OLLAMA, REGISTRY);

    @ArchTest
    static final ArchRule cronIsAStranger = knowsOnly(CRON, API);

    @ArchTest
    static final ArchRule planKnowsWhenWindowsOpen = knowsOnly(PLAN, API, WINDOW);

    @ArchTest
    static final ArchRule windowsKnowTheCron = knowsOnly(WINDOW, API, CRON);

    @ArchTest
    static final ArchRule diskIsAStranger = knowsOnly(DISK, API);

    @ArchTest
    static final ArchRule anyQueueMayStandBehindTheProxy = knowsOnly(PROXY, API, JSON, CLIENT, RELAY, METRICS);

    @ArchTest
    static final ArchRule jsonIsAStranger = knowsOnly(JSON, API);

    @ArchTest
    static final ArchRule clientIsAStranger = knowsOnly(CLIENT, API);

    @ArchTest
    static final ArchRule relayKnowsNobody = knowsOnly(RELAY);

    @ArchTest
    static final ArchRule metricsKnowWhatPassesThrough = knowsOnly(METRICS, API, RELAY);

    @ArchTest
    static final ArchRule terminalKnowsTheWords = knowsOnly(TERMINAL, API);

    @ArchTest
    static final ArchRule settingsKnowWhatTheyFill = knowsOnly(SETTINGS, PROXY);

    /** It ends with how healthy the proxy is, so it knows the words for that. */
    @ArchTest
    static final ArchRule processKnowsNoProxy = knowsOnly(PROCESS, JSON, SETTINGS, TERMINAL);

    @ArchTest
    static final ArchRule theOllamaOfThisMachineIsAChild = knowsOnly(OLLAMA_HERE, SETTINGS, PROCESS);

    @ArchTest
    static final ArchRule serveKnowsWhatItRuns =
            knowsOnly(SERVE, API, QUEUE, PROXY, CLIENT, SETTINGS, TERMINAL, SYSTEMD, PROCESS, OLLAMA_HERE);

    @ArchTest
    static final ArchRule remoteKnowsWhatIsAnswered = knowsOnly(REMOTE, API, JSON, TERMINAL, PROCESS);

    @ArchTest
    static final ArchRule doctorKnowsWhatCanBeWrong =
            knowsOnly(DOCTOR, API, JSON, SETTINGS, TERMINAL, OLLAMA_HERE, SERVE);

    @ArchTest
    static final ArchRule cliStandsOnTheRoof =
            knowsOnly(CLI, API, QUEUE, JSON, SETTINGS, TERMINAL, SYSTEMD, PROCESS, OLLAMA_HERE, SERVE, REMOTE, DOCTOR);

    @ArchTest
    static final ArchRule systemdKnowsTheEnvironment = knowsOnly(SYSTEMD, SETTINGS);

    @ArchTest
    static final ArchRule springKnowsTheFace = knowsOnly(SPRING, API, QUEUE).allowEmptyShould(true);

    @ArchTest
    static final ArchRule theSampleKnowsTheWords = knowsOnly(SAMPLE, API).allowEmptyShould(true);

    @ArchTest
    static final ArchRule onlyExamplesUseTheTestKit = noClasses()
            .that()
            .resideOutsideOfPackages(EXAMPLES, TESTING)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(EXAMPLES, TESTING);

    @ArchTest
    static final ArchRule sqlStaysInItsRoom =
            only("org.jooq.., java.sql.., org.sqlite.., com.zaxxer..", SQLITE, GENERATED);

    /** The face is handed a data source, Spring looks for it, and neither opens it. */
    @ArchTest
    static final ArchRule dataSourcesArePassedOn = only("javax.sql..", SQLITE, GENERATED, QUEUE, SPRING);

    @ArchTest
    static final ArchRule springStaysInItsRooms = only("org.springframework.., io.micrometer..", SPRING, SAMPLE);

    @ArchTest
    static final ArchRule okHttpStaysInItsRooms = only("okhttp3..", OLLAMA, REGISTRY, NOTIFY);

    @ArchTest
    static final ArchRule cronLibrariesStayInTheirRoom = only("org.quartz.., com.cronutils..", CRON, EXAMPLES);

    @ArchTest
    static final ArchRule calendarsStayInTheirRoom = only("biweekly..", WINDOW);

    @ArchTest
    static final ArchRule oldDatesStayWhereLibrariesWantThem = noClasses()
            .that()
            .resideOutsideOfPackages(CRON, WINDOW)
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Date|Calendar|TimeZone)");

    @ArchTest
    static final ArchRule jsonLibrariesStayInTheirRooms =
            only("com.squareup.moshi.., okio..", OLLAMA, REGISTRY, NOTIFY, JSON);

    @ArchTest
    static final ArchRule addressesStayInTheirRooms = only("inet.ipaddr..", CLIENT, REGISTRY);

    @ArchTest
    static final ArchRule undertowStaysInItsRooms = only("io.undertow.., org.xnio..", PROXY, RELAY, EXAMPLES);

    @ArchTest
    static final ArchRule prometheusStaysInItsRoom = only("io.prometheus..", METRICS);

    @ArchTest
    static final ArchRule picocliStaysInItsRoom = only("picocli..", CLI, EXAMPLES);

    /** Which library writes the log is up to who embeds the queue; the program changes its level while it runs. */
    @ArchTest
    static final ArchRule theLoggingLibraryStaysInItsRoom = only("ch.qos.logback..", PROCESS);

    @ArchTest
    static final ArchRule nobodyAsksTheTimeWithoutAClock = noClasses()
            .that()
            .resideOutsideOfPackages(TESTING)
            .should()
            .callMethodWhere(called(
                    "the time without a clock",
                    call -> call.getTargetOwner().getPackageName().equals("java.time")
                            && call.getName().equals("now")
                            && call.getTarget().getRawParameterTypes().stream()
                                    .noneMatch(type -> type.isEquivalentTo(Clock.class))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(java.util.Date.class);

    /**
     * One measures how long a connection rested, one how long an answer took, one tells systemd moments of that counter: no
     * clock that people set may do that.
     */
    @ArchTest
    static final ArchRule onlyThePoolTheMetricsAndSystemdCountNanoseconds = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(RELAY + ".BackendPool")
            .and()
            .doNotHaveFullyQualifiedName(PROXY + ".ProxyMetrics")
            .and()
            .doNotHaveFullyQualifiedName(SYSTEMD + ".ServiceManager")
            .and()
            .resideOutsideOfPackage(TESTING)
            .should()
            .callMethod(System.class, "nanoTime");

    @ArchTest
    static final ArchRule onlyTheEnvironmentReadsTheEnvironment = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SETTINGS + ".Environment")
            .should()
            .callMethodWhere(called(
                    "the environment",
                    call -> call.getTargetOwner().isEquivalentTo(System.class)
                            && call.getName().equals("getenv")));

    @ArchTest
    static final ArchRule onlyTheTerminalWritesToTheTerminal = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(TERMINAL + ".Terminal")
            .and()
            .resideOutsideOfPackage(EXAMPLES)
            .should(ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule theLibraryNeverEndsItsHost = noClasses()
            .that()
            .resideOutsideOfPackage(CLI)
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);

    @ArchTest
    static final ArchRule onlyOurProcessHearsThatItShallEnd = noClasses()
            .that()
            .resideOutsideOfPackage(PROCESS)
            .should()
            .callMethod(Runtime.class, "addShutdownHook", Thread.class);

    @ArchTest
    static final ArchRule nothingStaticChanges =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule roomsAreFurnishedWithFinalClasses = classes()
            .that()
            .resideOutsideOfPackages(GENERATED, TESTING)
            .and()
            .areTopLevelClasses()
            .and()
            .areNotInterfaces()
            .and(not(modifier(JavaModifier.ABSTRACT)))
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().resideOutsideOfPackage(GENERATED).should(resideInANullMarkedPackage());

    private static ArchRule knowsOnly(String room, String... others) {
        String[] allowed = Stream.concat(Stream.of(room), Stream.of(others)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(room)
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(API + "..")).or(resideInAnyPackage(allowed)));
    }

    private static ArchRule only(String libraries, String... rooms) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(rooms)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries.split(", "));
    }

    private static DescribedPredicate<JavaMethodCall> called(
            String what, java.util.function.Predicate<JavaMethodCall> calls) {
        return DescribedPredicate.describe("asks " + what, calls);
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a package that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, type.getPackageName() + (marked ? " is" : " is not") + " @NullMarked"));
            }
        };
    }

    /** Leaves the tests out; the test kit, which embedders use, stays in, as classes or as a jar. */
    static final class WithoutTests implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") || location.contains("/" + TESTING.replace('.', '/') + '/');
        }
    }

    /** Takes a package for a slice; the generated tables belong to the room that has them generated. */
    private static final class Rooms implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return SliceIdentifier.of(type.getPackageName().replaceFirst("\\.generated\\b.*", ""));
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }
}
