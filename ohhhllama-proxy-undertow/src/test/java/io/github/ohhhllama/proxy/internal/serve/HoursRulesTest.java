package io.github.ohhhllama.proxy.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.SettingsReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HoursRulesTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void takesWhatNobodySet() {
        assertThat(refusals(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "QUEUE_SCHEDULE | at night",
                "QUEUE_WINDOW | until dawn",
                "QUEUE_WINDOW | -4h",
                "QUEUE_WINDOWS | mon-fri 22:00",
                "QUEUE_WINDOWS | noday 22:00-06:00",
                "QUEUE_BLACKOUTS | 2026-12-26..2026-12-24",
                "QUEUE_BLACKOUT_CALENDAR | /nowhere/holidays.ics",
            })
    void namesTheOneThatIsWrong(Setting setting, String text) {
        assertThat(refusals(Map.of(setting, text))).containsOnlyKeys(setting);
    }

    @Test
    void namesAllThatAreWrong() {
        assertThat(refusals(
                        Map.of(Setting.QUEUE_SCHEDULE, "x", Setting.QUEUE_WINDOW, "x", Setting.QUEUE_BLACKOUTS, "x")))
                .containsOnlyKeys(Setting.QUEUE_SCHEDULE, Setting.QUEUE_WINDOW, Setting.QUEUE_BLACKOUTS);
    }

    @Test
    void refusesTwoEndsOfOneWindow() {
        assertThat(refusals(Map.of(Setting.QUEUE_WINDOW, "4h", Setting.QUEUE_WINDOWS, "mon-fri 22:00-06:00")))
                .containsOnlyKeys(Setting.QUEUE_WINDOW)
                .containsEntry(Setting.QUEUE_WINDOW, "nothing, as QUEUE_WINDOWS has the ends of its own windows");
    }

    @Test
    void refusesAScheduleThatIsOver() {
        assertThat(refusals(Map.of(Setting.QUEUE_SCHEDULE, "0 0 3 * * ? 2020")))
                .containsOnlyKeys(Setting.QUEUE_SCHEDULE);
    }

    @ParameterizedTest
    @CsvSource({"4h, PT4H", "PT4H, PT4H", "02:00, PT4H", "06:00, PT8H"})
    void endsTheWindowThatTheScheduleBegins(String end, Duration length) {
        QueueSettings queue = queue(Map.of(Setting.QUEUE_SCHEDULE, "0 22 * * *", Setting.QUEUE_WINDOW, end));

        assertThat(HoursRules.schedule(queue).windows(NOON, 1))
                .extracting(Window::opens, Window::length)
                .containsExactly(tuple(Instant.parse("2026-11-23T22:00:00Z"), length));
    }

    @Test
    void refusesWindowsThatNeverClose() {
        assertThat(refusals(Map.of(Setting.QUEUE_WINDOWS, "00:00-24:00")))
                .containsOnly(Map.entry(
                        Setting.QUEUE_WINDOWS,
                        "windows that close now and then (always open, they would hold no download back)"));
    }

    @Test
    void leavesTheBlackOutsOut() {
        QueueSettings queue = queue(
                Map.of(Setting.QUEUE_WINDOWS, "daily 22:00-23:00", Setting.QUEUE_BLACKOUTS, "2026-11-23..2026-11-24"));

        List<Window> windows = HoursRules.schedule(queue).windows(NOON, 1);
        assertThat(windows).extracting(Window::opens).containsExactly(Instant.parse("2026-11-25T22:00:00Z"));
    }

    private static Map<Setting, String> refusals(Map<Setting, String> texts) {
        return new HoursRules(NOON).refusals(queue(texts));
    }

    private static QueueSettings queue(Map<Setting, String> texts) {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        flags.putAll(texts);
        return new SettingsReader(new Environment(Map.of(), "ada", "/home/ada"), ZoneOffset.UTC)
                .read(flags, Optional.empty())
                .valid()
                .orElseThrow()
                .queue();
    }
}
