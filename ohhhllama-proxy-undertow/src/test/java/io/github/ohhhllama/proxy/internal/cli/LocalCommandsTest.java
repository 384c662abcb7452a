package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalCommandsTest {

    private final CommandRun run = new CommandRun();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serve",
                "status",
                "watch",
                "queue",
                "add",
                "remove",
                "process",
                "pause",
                "resume",
                "plan",
                "show",
                "move",
                "run-now",
                "retry",
                "history",
                "outdated",
                "check-config",
                "doctor",
                "backup",
                "restore",
                "adopt",
                "notify",
                "version"
            })
    void everyCommandHasHelpWithTheExitCodes(String command) {
        assertThat(run.execute(command, "--help")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString())
                .contains("Usage: ohhhllama " + command)
                .contains("3    the proxy cannot be reached")
                .contains("5    conflict, no room on the disk, or the daily limit is used up");
    }

    @Test
    void everySettingHasItsFlag() {
        run.execute("serve", "--help");

        for (Setting setting : Setting.values()) {
            assertThat(run.out.toString()).contains(setting.flag() + '=' + setting.label());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "serve, --listen-prot, --listen-port",
        "serve, --listn-port, --listen-port",
        "check-config, --rate-limt, --rate-limit",
        "doctor, --db-pth, --db-path"
    })
    void anUnknownFlagIsAnErrorWithASuggestion(String command, String flag, String suggestion) {
        assertThat(run.execute(command, flag, "1")).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString()).contains(flag).contains(suggestion);
    }

    @ParameterizedTest
    @ValueSource(strings = {"serve", "check-config"})
    void aMisspeltNameInTheFileIsAnErrorWithASuggestion(String command, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("misspelt.conf"), "RATE_LIMIT=1\nLISTN_PORT=1\n");

        assertThat(run.execute(command, "--config", file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString())
                .contains(file + ":2: there is no setting \"LISTN_PORT\", did you mean LISTEN_PORT?");
    }

    @Test
    void checkConfigHasOneLineForEverySetting() {
        assertThat(run.execute("check-config")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines().skip(1).takeWhile(line -> !line.isBlank()))
                .extracting(line -> line.replaceFirst(" .*", ""))
                .containsExactlyInAnyOrder(
                        Stream.of(Setting.values()).map(Setting::name).toArray(String[]::new));
    }

    @Test
    void anUnknownCommandIsAnErrorWithASuggestion() {
        assertThat(run.execute("serv")).isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString()).contains("ohhhllama serve");
    }

    @Test
    void noCommandIsAnError() {
        assertThat(run.execute()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void versionNamesProgramAndJava() {
        assertThat(run.execute("version")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString()).startsWith("ohhhllama ").contains("Java " + Runtime.version());
    }

    @Test
    void checkConfigShowsValuesSourcesStartsAndWarnings() {
        run.variables.put("RATE_LIMIT", "9");
        run.variables.put("DB_PATH", "/x/q.db");

        assertThat(run.execute("check-config", "--listen-host", "0.0.0.0", "--ollama-backend", "127.0.0.1:1"))
                .isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines().toList())
                .contains(
                        "LISTEN_HOST              0.0.0.0             flag --listen-host",
                        "RATE_LIMIT               9                   environment RATE_LIMIT",
                        "PULL_REPLY               auto                default",
                        "Next starts of the queue:",
                        "  2026-11-24 03:00 CET (2026-11-24 02:00 UTC)",
                        "  2026-11-26 03:00 CET (2026-11-26 02:00 UTC)")
                .anySatisfy(line -> assertThat(line).startsWith("Warning: LISTEN_HOST 0.0.0.0"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("Warning: nothing answers at OLLAMA_BACKEND http://127.0.0.1:1"));
    }

    @Test
    void checkConfigTellsScriptsTheSame() {
        run.variables.put("RATE_LIMIT", "9");

        assertThat(run.execute("check-config", "--json", "--listen-host", "0.0.0.0"))
                .isEqualTo(ExitCode.OK);
        assertThat(run.out.toString())
                .startsWith(
                        "{\"settings\":[{\"name\":\"LISTEN_HOST\",\"value\":\"0.0.0.0\",\"source\":\"flag --listen-host\"}")
                .contains("{\"name\":\"RATE_LIMIT\",\"value\":\"9\",\"source\":\"environment RATE_LIMIT\"}")
                .contains("\"next_windows\":[],\"next_starts\":[\"2026-11-24T02:00:00Z\",")
                .contains("\"warnings\":[\"LISTEN_HOST 0.0.0.0")
                .endsWith("\"problems\":[]}" + System.lineSeparator());
    }

    @Test
    void checkConfigTellsScriptsWhatIsWrong() {
        run.variables.put("RATE_LIMIT", "many");

        assertThat(run.execute("check-config", "--json")).isEqualTo(ExitCode.USAGE);
        assertThat(run.out.toString())
                .contains("\"next_starts\":[]")
                .contains("\"problems\":[\"RATE_LIMIT is \\\"many\\\" (environment RATE_LIMIT), expected");
    }

    @Test
    void versionTellsScriptsTheSame() {
        assertThat(run.execute("version", "--json")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString()).startsWith("{\"version\":\"").contains("\"java\":\"" + Runtime.version() + "\"");
    }

    @Test
    void checkConfigShowsAllErrorsAtOnce() {
        run.variables.put("RATE_LIMIT", "many");
        run.refusals.put(Setting.QUEUE_SCHEDULE, "five fields");

        assertThat(run.execute("check-config", "--listen-port", "x", "--queue-schedule", "never"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run.err.toString().lines())
                .containsExactly(
                        "ohhhllama: LISTEN_PORT is \"x\" (flag --listen-port), expected a port number from 0 to 65535",
                        "ohhhllama: RATE_LIMIT is \"many\" (environment RATE_LIMIT), expected a number of models from 0 to"
                                + " 2147483647",
                        "ohhhllama: QUEUE_SCHEDULE is \"never\" (flag --queue-schedule), expected five fields");
    }

    @Test
    void namesOfThePredecessorAreNoErrorsButHaveNoEffect(@TempDir Path directory) throws IOException {
        Path file =
                Files.writeString(directory.resolve("ohhhllama.conf"), "RATE_LIMIT=7\nDISK_THRESHOLD=90\nHF_TOKEN=x\n");

        assertThat(run.execute("check-config", "--config", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString())
                .contains(
                        "Notice: " + file + ":2: DISK_THRESHOLD has no effect any more",
                        file + ":3: HF_TOKEN has no effect");
    }

    @Test
    void adoptLeavesAMissingFileAlone(@TempDir Path directory) {
        Path file = directory.resolve("queue.db");

        assertThat(run.execute("adopt", "--db-path", file.toString())).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString()).startsWith("nothing to take over: " + file);
        assertThat(file).doesNotExist();
    }

    @Test
    void adoptNamesAFileThatCannotBeRead(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("queue.db"), "text, and enough of it to be looked at");

        assertThat(run.execute("adopt", "--db-path", file.toString())).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString()).contains(file.toString(), "not a SQLite database");
    }

    @Test
    void checkConfigSaysWhetherHalfFinishedDownloadsWouldBeLost() {
        run.variables.put("DB_PATH", "/tmp/q.db");
        run.execute("check-config");
        assertThat(run.out.toString()).doesNotContain("OLLAMA_NOPRUNE");

        run.partials = Partials.LOST;
        run.execute("check-config");
        assertThat(run.out.toString()).contains("Warning: Ollama runs without OLLAMA_NOPRUNE=1");

        run.partials = Partials.UNKNOWN;
        assertThat(run.execute("check-config")).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString()).contains("cannot be seen from here");
    }
}
