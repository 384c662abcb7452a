package io.github.ohhhllama.queue.internal.plan;

import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Forecast.Tonight;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Foresees when each entry will be ready. It looks at the first thousand entries and fourteen windows, or fourteen days
 * of a run without an end; what lies beyond is unknown. A window that closes in the middle of a download interrupts it,
 * and what came counts in the next. Immutable.
 */
public final class Forecaster {

    private final ZoneId zone;

    /**
     * Creates a forecaster.
     *
     * @param zone by whose hours the line is fast or slow, and whose clock the reasons to wait are told by
     */
    public Forecaster(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * Makes a plan. A forecast whose size or speed is not known, that waits for room on the disk, or that was paused
     * without an end, has no range; one that comes after an entry of unknown size has no latest.
     *
     * @param situation what is to be done, and what stands in the way
     * @param pace how fast the line is
     * @return what runs when at the likely speed, and a forecast for each entry
     */
    public Plan plan(Situation situation, Pace pace) {
        Instant now = situation.now();
        Line line = new Line(pace, zone, situation);
        Outlook outlook = new Outlook(situation);
        List<Job> jobs = Job.of(situation);
        Optional<Prospects> prospects = line.at(now.toEpochMilli())
                .flatMap(measured -> outlook.begin())
                .map(begin -> new Prospects(line, outlook, begin, jobs));
        Reasons reasons = new Reasons(situation, outlook, new Holds(now, zone));
        List<Forecast> forecasts = new ArrayList<>();
        for (Job job : jobs) {
            forecasts.add(forecast(job, prospects, reasons.of(job)));
        }
        List<Night> nights = prospects.map(Prospects::nights).orElse(List.of());
        return new Plan(now, counted(line, outlook, nights, now), nights, forecasts);
    }

    private static Forecast forecast(Job job, Optional<Prospects> prospects, List<Hold> holds) {
        return new Forecast(
                job.entry().id(),
                prospects.flatMap(some -> some.earliest(job)).orElse(null),
                prospects.flatMap(some -> some.latest(job)).orElse(null),
                prospects.map(some -> some.tonight(job)).orElse(Tonight.UNKNOWN),
                holds);
    }

    /** The speed to show is that of the moment at which the first download is to run. */
    private static @Nullable Long counted(Line line, Outlook outlook, List<Night> nights, Instant now) {
        Instant first = nights.isEmpty()
                ? outlook.opening().filter(now::isBefore).orElse(now)
                : nights.get(0).stints().get(0).from();
        return line.at(first.toEpochMilli()).map(Speed::likely).orElse(null);
    }
}
