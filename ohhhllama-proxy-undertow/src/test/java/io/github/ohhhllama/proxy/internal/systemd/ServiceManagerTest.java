package io.github.ohhhllama.proxy.internal.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.settings.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServiceManagerTest {

    private final Map<String, String> variables = new HashMap<>();

    @TempDir
    private Path directory;

    @Test
    void isThereOnlyIfSystemdStartedTheProcess() throws IOException {
        install("exit 0");

        assertThat(ServiceManager.of(environment())).isEmpty();
    }

    @Test
    void isNotThereWithoutItsProgram() {
        variables.put("NOTIFY_SOCKET", "/run/systemd/notify");
        variables.put("PATH", directory.toString());

        assertThat(ServiceManager.of(environment())).isEmpty();
    }

    @Test
    void hearsWhatTheServiceSays() throws IOException {
        ServiceManager manager = started("echo \"$@\" >> " + directory.resolve("heard"));
        manager.ready();
        manager.alive();
        manager.stopping();

        assertThat(directory.resolve("heard")).hasContent("READY=1\nREADY=1 WATCHDOG=1\nSTOPPING=1\n");
    }

    @Test
    void hearsOfAReloadWithItsMoment() throws IOException {
        ServiceManager manager = started("echo \"$@\" >> " + directory.resolve("heard"));
        manager.reloading();

        assertThat(Files.readString(directory.resolve("heard"))).matches("RELOADING=1 MONOTONIC_USEC=[0-9]+\n");
    }

    @Test
    void aProgramThatFailsHarmsNobody() throws IOException {
        started("exit 3").ready();
    }

    @Test
    void tellsHowLongSystemdWaitsForASign() throws IOException {
        variables.put("WATCHDOG_USEC", "60000000");
        assertThat(started("exit 0").watchdog()).contains(Duration.ofSeconds(60));

        variables.put("WATCHDOG_USEC", "soon");
        assertThat(started("exit 0").watchdog()).isEmpty();
    }

    private ServiceManager started(String script) throws IOException {
        install(script);
        variables.put("NOTIFY_SOCKET", "/run/systemd/notify");
        return ServiceManager.of(environment()).orElseThrow();
    }

    private void install(String script) throws IOException {
        Path program = directory.resolve("systemd-notify");
        Files.writeString(program, "#!/bin/sh\n" + script + '\n');
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        variables.put("PATH", directory.toString());
    }

    private Environment environment() {
        return new Environment(variables, "ada", "/home/ada");
    }
}
