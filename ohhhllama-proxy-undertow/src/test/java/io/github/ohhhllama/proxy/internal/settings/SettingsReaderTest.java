package io.github.ohhhllama.proxy.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.PullReply;
import io.github.ohhhllama.proxy.internal.settings.SettingValue.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @TempDir
    Path directory;

    @Test
    void everythingHasADefault() {
        ProxySettings settings = read(Map.of()).valid().orElseThrow();

        assertThat(settings.listen()).isEqualTo(new ProxySettings.Listen("127.0.0.1", 11434));
        assertThat(settings.backend()).isEqualTo(new ProxySettings.Backend("127.0.0.1", 11435, Duration.ofSeconds(5)));
        assertThat(settings.backend().uri()).hasToString("http://127.0.0.1:11435");
        assertThat(settings.pullReply()).isEqualTo(PullReply.AUTO);
        assertThat(settings.queue())
                .isEqualTo(new ProxySettings.QueueSettings(
                        Path.of("/home/ada/.local/state/ohhhllama/queue.db"),
                        5,
                        "0 3 * * *",
                        BERLIN,
                        Duration.ofMinutes(2),
                        settings.queue().night(),
                        new ProxySettings.Notify("", "", "ready,failed,night")));
        assertThat(settings.access().trustedProxies()).isEmpty();
        assertThat(read(Map.of()).value(Setting.LISTEN_PORT).source()).isEqualTo(Source.DEFAULT);
    }

    /** Java knows all zones of the IANA but these. */
    @ParameterizedTest
    @CsvSource({"EST, -05:00", "MST, -07:00", "HST, -10:00", "ROC, Asia/Taipei", "CET, CET"})
    void takesEveryZoneOfTheIana(String text, String zone) {
        assertThat(read(Map.of("TIME_ZONE", text)).valid().orElseThrow().queue().zone())
                .isEqualTo(ZoneId.of(zone));
    }

    @Test
    void theFlagWinsOverTheEnvironmentThatOverTheFileThatOverTheDefault() throws IOException {
        Path file = file("LISTEN_PORT=1\nRATE_LIMIT=1\nLISTEN_HOST=file.example\n");
        Settings settings = reader(Map.of("LISTEN_PORT", "2", "RATE_LIMIT", "2"))
                .read(Map.of(Setting.LISTEN_PORT, "3"), Optional.of(file));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.value(Setting.LISTEN_PORT))
                .isEqualTo(new SettingValue(Setting.LISTEN_PORT, "3", Source.FLAG, "--listen-port"));
        assertThat(settings.value(Setting.RATE_LIMIT).origin()).isEqualTo("environment RATE_LIMIT");
        assertThat(settings.value(Setting.LISTEN_HOST).origin()).isEqualTo("file " + file + ":3");
        assertThat(settings.value(Setting.PULL_REPLY).origin()).isEqualTo("default");
        assertThat(settings.assumed().listen()).isEqualTo(new ProxySettings.Listen("file.example", 3));
    }

    @Test
    void aBlankTextCountsAsNotSet() throws IOException {
        Path file = file("LISTEN_PORT=1\n");
        Settings settings = reader(Map.of("LISTEN_PORT", " ")).read(Map.of(Setting.LISTEN_PORT, ""), Optional.of(file));

        assertThat(settings.assumed().listen().port()).isEqualTo(1);
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        Path file = file("RATE_LIMIT=7\n");

        assertThat(read(Map.of("OHHHLLAMA_CONFIG", file.toString()))
                        .assumed()
                        .queue()
                        .rateLimit())
                .isEqualTo(7);
    }

    @Test
    void allErrorsComeAtOnceWithNameValueSourceAndWhatWasExpected() {
        Settings settings = read(Map.of(
                "LISTEN_PORT", "abc",
                "RATE_LIMIT", "-1",
                "TIME_ZONE", "Europe/Atlantis",
                "STALL_TIMEOUT", "120",
                "PULL_REPLY", "maybe",
                "OLLAMA_BACKEND", "https://gpu:11434"));

        assertThat(settings.valid()).isEmpty();
        assertThat(settings.problems())
                .extracting(SettingProblem::message)
                .containsExactlyInAnyOrder(
                        "LISTEN_PORT is \"abc\" (environment LISTEN_PORT), expected a port number from 0 to 65535",
                        "RATE_LIMIT is \"-1\" (environment RATE_LIMIT), expected a number of models from 0 to 2147483647",
                        "TIME_ZONE is \"Europe/Atlantis\" (environment TIME_ZONE), expected a time zone such as"
                                + " Europe/Berlin, America/New_York or UTC",
                        "STALL_TIMEOUT is \"120\" (environment STALL_TIMEOUT), expected a length of time with its unit and"
                                + " longer than 0, such as 90s, 2m or 500ms",
                        "PULL_REPLY is \"maybe\" (environment PULL_REPLY), expected auto, hold or async",
                        "OLLAMA_BACKEND is \"https://gpu:11434\" (environment OLLAMA_BACKEND), expected http://HOST:PORT or"
                                + " HOST:PORT, without a path; Ollama is spoken to over plain HTTP, not HTTPS");
    }

    @Test
    void otherRoomsJudgeWhatIsTheirsUnlessItWasWrongBefore() {
        Map<Setting, String> refusals =
                new EnumMap<>(Map.of(Setting.QUEUE_SCHEDULE, "five fields", Setting.TIME_ZONE, "a zone"));
        Settings settings = read(Map.of("QUEUE_SCHEDULE", "whenever", "TIME_ZONE", "Nowhere"))
                .judgedBy(assumed -> refusals);

        assertThat(settings.problems())
                .extracting(SettingProblem::message)
                .hasSize(2)
                .contains("QUEUE_SCHEDULE is \"whenever\" (environment QUEUE_SCHEDULE), expected five fields");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:11435, 127.0.0.1:11435",
        "HTTP://gpu/, gpu:80",
        "127.0.0.1:1, 127.0.0.1:1",
        "ollama_backend:11434, ollama_backend:11434",
        "http://[::1]:11435, [::1]:11435",
        "[fe80::1%eth0]:9, [fe80::1%eth0]:9",
    })
    void backendsInEverySpelling(String text, String authority) {
        Settings settings = read(Map.of("OLLAMA_BACKEND", text));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.assumed().backend().authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpu",
                "ftp://gpu:1",
                "http://gpu:0",
                "http://gpu:65536",
                "http://gpu:1/ollama",
                "http://user@gpu:1",
                "http://gpu:1?x=y",
                "http://:1",
                "http://a b:1",
                "::1",
                "http://-gpu:1",
            })
    void textsThatAreNoBackend(String text) {
        assertThat(read(Map.of("OLLAMA_BACKEND", text)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.subject()).isEqualTo("OLLAMA_BACKEND"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:11434",
        "127.0.0.1, localhost:11434",
        "0.0.0.0, http://127.0.0.1:11434",
        "'::', [::1]:11434",
        "gpu, http://GPU:11434",
    })
    void aBackendThatIsTheProxyItselfIsRefused(String listenHost, String backend) {
        assertThat(read(Map.of("LISTEN_HOST", listenHost, "OLLAMA_BACKEND", backend))
                        .problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("it would call itself"));
    }

    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "2m, PT2M",
        "1m30s, PT1M30S",
        "1h, PT1H",
        "500ms, PT0.5S",
        "PT2M, PT2M",
        "pt90s, PT1M30S",
    })
    void lengthsOfTime(String text, Duration expected) {
        assertThat(read(Map.of("STALL_TIMEOUT", text))
                        .valid()
                        .orElseThrow()
                        .queue()
                        .stallTimeout())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"120", "0s", "PT0S", "-5s", "PT-5S", "s", "5 s", "1s1m", "forever", "9999999s"})
    void textsThatAreNoLengthOfTime(String text) {
        assertThat(read(Map.of("STALL_TIMEOUT", text)).problems()).hasSize(1);
    }

    @Test
    void listsAreSeparatedByCommas() {
        assertThat(read(Map.of("TRUSTED_PROXIES", " 10.0.0.0/8 ,, ::1,"))
                        .assumed()
                        .access()
                        .trustedProxies())
                .containsExactly("10.0.0.0/8", "::1");
    }

    @Test
    void bracketsAroundAListenAddressAreTakenOff() {
        assertThat(read(Map.of("LISTEN_HOST", "[::]")).assumed().listen().host())
                .isEqualTo("::");
    }

    @ParameterizedTest
    @CsvSource({
        "root, /root, , /var/lib/ohhhllama/queue.db",
        "root, /root, /srv/state, /var/lib/ohhhllama/queue.db",
        "ada, /home/ada, , /home/ada/.local/state/ohhhllama/queue.db",
        "ada, /home/ada, /srv/state, /srv/state/ohhhllama/queue.db",
        "ada, /home/ada, relative, /home/ada/.local/state/ohhhllama/queue.db",
        "?, ?, , /var/lib/ohhhllama/queue.db",
    })
    void theDatabaseIsInTheStateDirectory(String user, String home, String stateHome, String expected) {
        Map<String, String> variables = stateHome == null ? Map.of() : Map.of("XDG_STATE_HOME", stateHome);
        Settings settings =
                new SettingsReader(new Environment(variables, user, home), BERLIN).read(Map.of(), Optional.empty());

        assertThat(settings.assumed().queue().database()).isEqualTo(Path.of(expected));
    }

    @Test
    void aTildeMeansTheHomeDirectory() {
        assertThat(read(Map.of("DB_PATH", "~/q.db")).assumed().queue().database())
                .isEqualTo(Path.of("/home/ada/q.db"));
    }

    @Test
    void aFileMayHaveCommentsQuotesAndExport() throws IOException {
        Path file = file("""
                # off-peak
                export QUEUE_SCHEDULE="30 2 * * 1-5"

                TIME_ZONE = 'America/New_York'
                LISTEN_PORT=1
                LISTEN_PORT=2
                """);
        Settings settings = reader(Map.of()).read(Map.of(), Optional.of(file));

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.assumed().queue().schedule()).isEqualTo("30 2 * * 1-5");
        assertThat(settings.assumed().queue().zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(settings.assumed().listen().port()).isEqualTo(2);
    }

    @Test
    void whatAFileSaysWronglyIsNamedByItsLine() throws IOException {
        Path file = file("LISTEN_PROT=1\nnonsense\nCOMPLETELY_DIFFERENT=x\n");

        assertThat(reader(Map.of()).read(Map.of(), Optional.of(file)).problems())
                .extracting(SettingProblem::message)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo(file + ":1: there is no setting \"LISTEN_PROT\", did you mean LISTEN_PORT?"),
                        second -> assertThat(second).isEqualTo(file + ":2: expected NAME=VALUE, was \"nonsense\""),
                        third -> assertThat(third)
                                .startsWith(
                                        file + ":3: there is no setting \"COMPLETELY_DIFFERENT\", expected one of"));
    }

    @Test
    void aFileThatIsNotThereIsAProblem() {
        Path missing = directory.resolve("missing.conf");

        assertThat(reader(Map.of()).read(Map.of(), Optional.of(missing)).problems())
                .singleElement()
                .hasToString("The settings file " + missing + " cannot be read: there is no such file");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("ohhhllama.conf"), text);
    }

    private static Settings read(Map<String, String> variables) {
        return reader(variables).read(Map.of(), Optional.empty());
    }

    private static SettingsReader reader(Map<String, String> variables) {
        return new SettingsReader(new Environment(variables, "ada", "/home/ada"), BERLIN);
    }
}
