package io.github.ohhhllama.proxy.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Forecast.Tonight;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Stint;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.internal.terminal.Timeline.Stroke;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimelineTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOON = Instant.parse("2026-11-23T11:00:00Z");
    private static final long GB = 1_000_000_000;

    private static final Night FIRST = new Night(
            new Window(at("23T21:00"), at("24T05:00")),
            List.of(
                    stint(1, "llama3:70b", "23T21:00", "24T02:33", 40 * GB, true),
                    stint(2, "qwen2.5:32b", "24T02:33", "24T02:34", GB / 10, true),
                    stint(3, "deepseek-r1:671b", "24T02:34", "24T05:00", 17 * GB, false)));
    private static final Night SECOND = new Night(
            new Window(at("24T21:00"), at("25T05:00")),
            List.of(stint(3, "deepseek-r1:671b", "24T21:00", "25T05:00", 57 * GB, false)));

    @Test
    void drawsEachNightWithItsHours() {
        Plan plan = plan(List.of(FIRST, SECOND), ready(1), ready(2), endless(3, List.of()));

        assertThat(new Timeline(plan, BERLIN, Stroke.ASCII).lines(71))
                .containsExactly(
                        "Mon 23 Nov 22:00 to 06:00, 57 GB",
                        "                  22  23  00  01  02  03  04  05  06",
                        "llama3:70b        ######################..........   40 GB  ready 03:33",
                        "qwen2.5:32b       ......................#.........  100 MB  ready 03:34",
                        "deepseek-r1:671b  ......................##########   17 GB  goes on",
                        "",
                        "Tue 24 Nov 22:00 to 06:00, 57 GB",
                        "                  22  23  00  01  02  03  04  05  06",
                        "deepseek-r1:671b  ################################   57 GB  goes on",
                        "",
                        "deepseek-r1:671b goes on after these nights");
    }

    @Test
    void drawsBlocksWhereTheTerminalHasThem() {
        Plan plan = plan(List.of(FIRST), ready(1), ready(2));

        assertThat(new Timeline(plan, BERLIN, Stroke.UNICODE).lines(72).get(3)).contains("·█·");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30, 47, 50, 61, 80, 200, Integer.MAX_VALUE})
    void noLineIsWiderThanTheWindow(int width) {
        Plan plan = plan(List.of(FIRST, SECOND), ready(1), ready(2), endless(3, List.of()));

        assertThat(new Timeline(plan, BERLIN, Stroke.ASCII).lines(width))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(Math.min(width, 100)));
    }

    @Test
    void aNarrowWindowHasTimesInsteadOfBars() {
        Plan plan = plan(List.of(FIRST), ready(1), ready(2));

        assertThat(new Timeline(plan, BERLIN, Stroke.ASCII).lines(45))
                .contains("llama3:70b        22:00  40 GB  ready 03:33")
                .noneMatch(line -> line.contains("#"));
    }

    @Test
    void saysWhatHasNoPlaceAndWhy() {
        Hold disk = new Hold(Hold.Cause.DISK, "waiting: 12.4 GB short", null);
        Plan plan = plan(List.of(), endless(7, List.of(disk)), endless(8, List.of()));

        assertThat(new Timeline(plan, BERLIN, Stroke.ASCII).lines(80))
                .containsExactly("entry 7 has no place yet: waiting: 12.4 GB short", "entry 8 has no place yet");
    }

    @Test
    void saysWhenTheLineIsUnknown() {
        Plan plan = new Plan(NOON, null, List.of(), List.of(endless(7, List.of())));

        assertThat(new Timeline(plan, BERLIN, Stroke.ASCII).lines(80))
                .startsWith("The speed of the line is not known yet, so nothing can be planned.");
    }

    @Test
    void anEmptyPlanHasNoLines() {
        assertThat(new Timeline(plan(List.of()), BERLIN, Stroke.ASCII).lines(80))
                .isEmpty();
    }

    @Test
    void aNightShowsTwentyDownloadsAndCountsTheRest() {
        List<Stint> many = Stream.iterate(1L, id -> id + 1)
                .limit(23)
                .map(id -> stint(id, "model" + id, "23T21:00", "23T21:00", 0, true))
                .toList();
        Plan plan = plan(List.of(new Night(FIRST.window(), many)));

        assertThat(new Timeline(plan, BERLIN, Stroke.ASCII).lines(80))
                .hasSize(23)
                .endsWith("and 3 more");
    }

    @Test
    void aLongRunTellsBothDays() {
        Window run = new Window(at("23T21:00"), at("25T09:00"));
        Plan plan = plan(List.of(new Night(run, List.of(stint(1, "m", "23T21:00", "25T09:00", GB, true)))));

        assertThat(new Timeline(plan, BERLIN, Stroke.ASCII).lines(60))
                .startsWith("Mon 23 Nov 22:00 to Wed 25 Nov 10:00, 1.0 GB", "     00  04  08  12  16  20  00  04  08");
    }

    private static Plan plan(List<Night> nights, Forecast... forecasts) {
        return new Plan(NOON, 2_000_000L, nights, List.of(forecasts));
    }

    private static Forecast ready(long entry) {
        return new Forecast(entry, at("24T02:00"), null, Tonight.MAYBE, List.of());
    }

    private static Forecast endless(long entry, List<Hold> holds) {
        return new Forecast(entry, null, null, Tonight.UNKNOWN, holds);
    }

    private static Stint stint(long entry, String model, String from, String to, long bytes, boolean finishes) {
        return new Stint(entry, ModelName.parse(model), at(from), at(to), bytes, finishes);
    }

    private static Instant at(String dayAndTime) {
        return Instant.parse("2026-11-" + dayAndTime + ":00Z");
    }
}
