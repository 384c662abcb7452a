package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.ScheduleStatus.Stillness;
import io.github.ohhhllama.proxy.internal.json.Health.Check;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/** Says how the schedule is: when the queue runs, whether it is paused, and whether the line is quiet when it should be. */
public final class ScheduleCheck {

    private static final String LEAKING =
            "Ollama goes on downloading although nothing may be downloaded now, and nothing "
                    + "but its end stops it: restart Ollama.";

    private ScheduleCheck() {}

    /**
     * Returns what is to be known of the schedule, with its next start in UTC and in its own zone.
     *
     * @param schedule the schedule
     */
    public static Check of(ScheduleStatus schedule) {
        return schedule.stillness() == Stillness.LEAKING
                ? new Check(Health.Status.DEGRADED, LEAKING, details(schedule))
                : new Check(Health.Status.HEALTHY, message(schedule), details(schedule));
    }

    private static String message(ScheduleStatus schedule) {
        if (schedule.paused().isPresent()) {
            return "The queue is paused by hand.";
        }
        return schedule.isRunning() ? "The queue is running." : "The queue rests until its next start.";
    }

    private static Map<String, Object> details(ScheduleStatus schedule) {
        Map<String, Object> details = new LinkedHashMap<>();
        Instant next = schedule.nextStart().truncatedTo(ChronoUnit.SECONDS);
        details.put("next_start", next.toString());
        details.put("next_start_local", next.atZone(schedule.zone()).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        details.put("time_zone", schedule.zone().getId());
        details.put("schedule", schedule.expression());
        if (schedule.runningSince() != null) {
            details.put("running_since", String.valueOf(JsonLine.timestamp(schedule.runningSince())));
        }
        if (schedule.endsAt() != null) {
            details.put("ends_at", String.valueOf(JsonLine.timestamp(schedule.endsAt())));
        }
        schedule.paused().ifPresent(pause -> {
            details.put("paused", pause.words());
            pause.lifted().ifPresent(end -> details.put("paused_until", String.valueOf(JsonLine.timestamp(end))));
        });
        if (schedule.stillness() != null) {
            details.put("stillness", schedule.stillness().word());
        }
        return details;
    }
}
