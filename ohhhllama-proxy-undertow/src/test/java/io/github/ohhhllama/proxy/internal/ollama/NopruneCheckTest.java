package io.github.ohhhllama.proxy.internal.ollama;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NopruneCheckTest {

    private static final String SERVE = "/usr/local/bin/ollama\0serve\0";
    private static final String UNIT = "etc/systemd/system/ollama.service";
    private static final String DROP_IN = "etc/systemd/system/ollama.service.d/override.conf";

    @TempDir
    private Path root;

    @ParameterizedTest
    @CsvSource({"1, KEPT", "true, KEPT", "yes, KEPT", "0, LOST", "false, LOST", "'', LOST"})
    void readsTheEnvironmentOfTheProcess(String value, Partials expected) throws IOException {
        process(42, SERVE, "PATH=/bin\0OLLAMA_HOST=127.0.0.1:11435\0OLLAMA_NOPRUNE=" + value + '\0');

        assertThat(partials("127.0.0.1")).isEqualTo(expected);
    }

    @Test
    void missesTheVariableInAProcessThatHasItNot() throws IOException {
        process(42, SERVE, "OLLAMA_HOST=http://0.0.0.0:11435\0");

        assertThat(partials("127.0.0.1")).isEqualTo(Partials.LOST);
    }

    @Test
    void passesOverTheProcessesOfOthers() throws IOException {
        process(1, "/sbin/init\0", "OLLAMA_HOST=:11435\0");
        process(2, "/usr/bin/vi\0serve\0", "OLLAMA_HOST=:11435\0");
        process(3, "ollama\0runner\0", "OLLAMA_HOST=:11435\0");
        process(4, SERVE, "OLLAMA_HOST=127.0.0.1\0");
        process(5, SERVE, "");

        assertThat(partials("127.0.0.1")).isEqualTo(Partials.UNKNOWN);
    }

    @Test
    void readsTheUnitWhereTheProcessIsClosed() throws IOException {
        process(5, SERVE, "");
        write(UNIT, "[Service]\nExecStart=/usr/local/bin/ollama serve\nEnvironment=\"PATH=/bin\"\n");
        assertThat(partials("127.0.0.1")).isEqualTo(Partials.LOST);

        write(DROP_IN, "[Service]\nEnvironment=\"OLLAMA_HOST=127.0.0.1:11435\" \"OLLAMA_NOPRUNE=1\"\n");
        assertThat(partials("127.0.0.1")).isEqualTo(Partials.KEPT);
    }

    @Test
    void readsTheUnitOfADistribution() throws IOException {
        write("usr/lib/systemd/system/ollama.service", "Environment=OLLAMA_NOPRUNE=1\n");
        assertThat(partials("127.0.0.1")).isEqualTo(Partials.KEPT);
    }

    @Test
    void knowsNothingOfAFileThatTheUnitReads() throws IOException {
        write(UNIT, "EnvironmentFile=-/etc/ollama.env\n");
        assertThat(partials("127.0.0.1")).isEqualTo(Partials.UNKNOWN);
    }

    @Test
    void takesARemarkForNothing() throws IOException {
        write(UNIT, "# Environment=OLLAMA_NOPRUNE=1\n");
        assertThat(partials("127.0.0.1")).isEqualTo(Partials.LOST);
    }

    @Test
    void knowsNothingOfAnotherMachineOrAnEmptyOne() throws IOException {
        assertThat(partials("127.0.0.1")).isEqualTo(Partials.UNKNOWN);
        write(UNIT, "[Service]\n");
        assertThat(partials("192.0.2.7")).isEqualTo(Partials.UNKNOWN);
    }

    @Test
    void warnsOfALossOnly() {
        assertThat(Partials.LOST.warning())
                .hasValueSatisfying(words -> assertThat(words).contains("OLLAMA_NOPRUNE=1"));
        assertThat(Partials.KEPT.warning()).isEmpty();
        assertThat(Partials.UNKNOWN.warning()).isEmpty();
    }

    private Partials partials(String host) {
        return new NopruneCheck(new Backend(host, 11435, Duration.ofSeconds(1)), root).partials();
    }

    private void process(int id, String command, String environment) throws IOException {
        write("proc/" + id + "/cmdline", command);
        write("proc/" + id + "/environ", environment);
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
