package io.github.ohhhllama.proxy.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Disk;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Fresh;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Hours;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.NightSettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Patience;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads the settings that say how the nights are used. */
final class NightSettingsTest {

    private static final NightSettings NIGHTS = new NightSettings(
            new Hours("", "", "", Optional.empty()),
            new Disk(Optional.empty(), "2%"),
            new Patience(0, Duration.ofMinutes(10), 0),
            new Fresh(Duration.ZERO, "*", "", Optional.empty()),
            true,
            30);

    @Test
    void theNightsHaveDefaults() {
        assertThat(read(Map.of()).valid().orElseThrow().queue().night()).isEqualTo(NIGHTS);
    }

    @Test
    void theNightsAreAsTheyAreSet() {
        NightSettings nights = read(Map.ofEntries(
                        Map.entry("QUEUE_WINDOW", "06:00"),
                        Map.entry("QUEUE_BLACKOUTS", "2026-12-24..2026-12-26"),
                        Map.entry("QUEUE_BLACKOUT_CALENDAR", "~/holidays.ics"),
                        Map.entry("STALL_MIN_RATE", "50kB/s"),
                        Map.entry("STALL_AFTER", "5m"),
                        Map.entry("MAX_NIGHTS", "7"),
                        Map.entry("PREFLIGHT", "Off"),
                        Map.entry("DISK_PATH", "/mnt/models"),
                        Map.entry("DISK_MIN_FREE", "20GB"),
                        Map.entry("REFRESH", "Weekly"),
                        Map.entry("REFRESH_MODELS", "llama3, hf.co/*"),
                        Map.entry("PINNED_MODELS", "phi3"),
                        Map.entry("WANTED_FILE", "/etc/wanted"),
                        Map.entry("CLEANUP_DAYS", "90")))
                .valid()
                .orElseThrow()
                .queue()
                .night();

        assertThat(nights)
                .isEqualTo(new NightSettings(
                        new Hours(
                                "06:00", "", "2026-12-24..2026-12-26", Optional.of(Path.of("/home/ada/holidays.ics"))),
                        new Disk(Optional.of(Path.of("/mnt/models")), "20GB"),
                        new Patience(50_000, Duration.ofMinutes(5), 7),
                        new Fresh(Duration.ofDays(7), "llama3, hf.co/*", "phi3", Optional.of(Path.of("/etc/wanted"))),
                        false,
                        90));
    }

    @ParameterizedTest
    @CsvSource({
        "STALL_MIN_RATE, fast, 'a number of bytes such as 500, 50kB or 1.5GiB'",
        "STALL_AFTER, 10, 'a length of time with its unit and longer than 0, such as 90s, 2m or 500ms'",
        "MAX_NIGHTS, -1, a number of nights from 0 to 2147483647",
        "PREFLIGHT, perhaps, on or off",
        "REFRESH, daily, 'off, weekly or nightly'",
        "CLEANUP_DAYS, 0, a number of days from 1 to 2147483647",
    })
    void whatIsWrongWithTheNightsIsNamed(String setting, String text, String expected) {
        assertThat(read(Map.of(setting, text)).problems())
                .extracting(SettingProblem::message)
                .containsExactly(setting + " is \"" + text + "\" (environment " + setting + "), expected " + expected);
    }

    private static Settings read(Map<String, String> variables) {
        return new SettingsReader(new Environment(variables, "ada", "/home/ada"), ZoneOffset.UTC)
                .read(Map.of(), Optional.empty());
    }
}
