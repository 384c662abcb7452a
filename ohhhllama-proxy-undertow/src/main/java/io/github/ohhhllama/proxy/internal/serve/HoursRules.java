package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Hours;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.queue.Schedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks the settings that say when the queue runs, each by itself, so that every mistake is named.
 *
 * @param now from this moment on there has to be a start
 */
record HoursRules(Instant now) {

    /**
     * Returns the schedule that valid settings describe.
     *
     * @throws IllegalArgumentException if they are not valid
     */
    static Schedule schedule(QueueSettings queue) {
        Hours hours = queue.night().hours();
        Schedule schedule = begin(queue);
        if (!hours.end().isBlank()) {
            schedule = schedule.ending(hours.end());
        }
        if (!hours.blackouts().isBlank()) {
            schedule = schedule.without(hours.blackouts());
        }
        return hours.calendar().isPresent() ? schedule.without(hours.calendar().get()) : schedule;
    }

    /** Returns what is wrong with them. */
    Map<Setting, String> refusals(QueueSettings queue) {
        Map<Setting, String> refusals = new EnumMap<>(Setting.class);
        Hours hours = queue.night().hours();
        Schedule daily = Schedule.parse("@daily", ZoneId.of("UTC"));
        judge(
                refusals,
                Setting.QUEUE_SCHEDULE,
                "a cron expression",
                () -> Schedule.parse(queue.schedule(), queue.zone()));
        if (!hours.windows().isBlank()) {
            judge(refusals, Setting.QUEUE_WINDOWS, "windows by the day of the week", () -> begin(queue));
        }
        if (!hours.end().isBlank() && !hours.windows().isBlank()) {
            refusals.put(Setting.QUEUE_WINDOW, "nothing, as QUEUE_WINDOWS has the ends of its own windows");
        } else if (!hours.end().isBlank()) {
            judge(refusals, Setting.QUEUE_WINDOW, "a length or a local time", () -> daily.ending(hours.end()));
        }
        if (!hours.blackouts().isBlank()) {
            judge(refusals, Setting.QUEUE_BLACKOUTS, "dates", () -> daily.without(hours.blackouts()));
        }
        hours.calendar()
                .ifPresent(file -> judge(
                        refusals, Setting.QUEUE_BLACKOUT_CALENDAR, "an iCalendar file", () -> daily.without(file)));
        if (refusals.isEmpty() && schedule(queue).next(now, 1).isEmpty()) {
            Setting culprit = hours.windows().isBlank() ? Setting.QUEUE_SCHEDULE : Setting.QUEUE_WINDOWS;
            String expected = schedule(queue).windows(now, 1).isEmpty()
                    ? "a start to come (it lies in the past or in a black-out and never fires again)"
                    : "windows that close now and then (always open, they would hold no download back)";
            refusals.put(culprit, expected);
        }
        return refusals;
    }

    private static Schedule begin(QueueSettings queue) {
        String windows = queue.night().hours().windows();
        return windows.isBlank()
                ? Schedule.parse(queue.schedule(), queue.zone())
                : Schedule.weekly(windows, queue.zone());
    }

    private static void judge(
            Map<Setting, String> refusals, Setting setting, String expected, Supplier<Schedule> rule) {
        wrong(rule).ifPresent(reason -> refusals.put(setting, expected + " (" + reason + ')'));
    }

    private static Optional<String> wrong(Supplier<Schedule> rule) {
        try {
            Schedule unused = rule.get();
            return Optional.empty();
        } catch (IllegalArgumentException mistake) {
            return Optional.of(String.valueOf(mistake.getMessage()));
        }
    }
}
