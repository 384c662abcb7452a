package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Works out windows that come again, from the calendar and the clock on the wall.
 *
 * <p>A window is a start and an end on the days of its zone; windows that overlap or touch are one. What is open depends
 * on the moment asked about and on nothing that was asked or happened before. A time that daylight saving skips counts
 * as right after the gap, one that it shows twice counts as the first time; so a window within the gap does not open.
 *
 * <p>Immutable but for the last answer, which it keeps, and thread-safe.
 */
public final class RecurringTimetable implements Timetable {

    /** How far the days of any two places, and a day that a place left out, can lie apart. */
    private static final int SLACK = 3;

    /** What is open for longer is taken as open for ever: in this time every clock change has come. */
    private static final int FOR_EVER = 400;

    private final Openings openings;
    private final AtomicReference<@Nullable Window> last = new AtomicReference<>();

    RecurringTimetable(Openings openings) {
        this.openings = openings;
    }

    /**
     * Creates a timetable whose windows open when a schedule fires.
     *
     * @param schedule when they open
     * @param end a duration ({@code 4h}, {@code 1h30m}, {@code PT4H}) of up to a week, or a time in the schedule's zone
     *     ({@code 06:00}, {@code 24:00}): its next coming after the start, so a day later if it is the start's own time
     * @throws IllegalArgumentException if the end is neither; the message names it and says what was expected
     */
    public static RecurringTimetable starting(CronSchedule schedule, String end) {
        return new RecurringTimetable(new CronOpenings(schedule, WindowEnd.parse(end)));
    }

    /**
     * Creates a timetable whose windows come every week.
     *
     * @param windows for instance {@code mon-fri 22:00-06:00; sat,sun 00:00-24:00}: days, or none or {@code daily} for
     *     all; from-to, past midnight if the end is not after the start, and belonging to the day they open; a zone, if
     *     it is not the common one
     * @param zone the common zone
     * @throws IllegalArgumentException if that is not a list of windows; the message names the part and says what was
     *     expected
     */
    public static RecurringTimetable weekly(String windows, ZoneId zone) {
        return new RecurringTimetable(WeeklyOpenings.parse(windows, zone));
    }

    @Override
    public Optional<Window> at(Instant moment) {
        Window known = last.get();
        if (known != null && known.contains(moment)) {
            return Optional.of(known);
        }
        if (holding(moment, joined(moment, openings.days() + SLACK, SLACK)).isEmpty()) {
            return Optional.empty();
        }
        Window found = new Window(opening(moment), closing(moment));
        last.set(found);
        return Optional.of(found);
    }

    @Override
    public Optional<Window> next(Instant moment) {
        Instant shut = at(moment).map(Window::closes).orElse(moment);
        Optional<LocalDate> day = openings.from(dayOf(shut).minusDays(openings.days() + SLACK));
        while (day.isPresent() && shut.isBefore(CronSchedule.NEVER)) {
            Optional<Window> first = openings.between(day.get(), day.get().plusDays(2 * SLACK)).stream()
                    .filter(window -> window.opens().isAfter(shut))
                    .min(Comparator.comparing(Window::opens));
            if (first.isPresent()) {
                return at(first.get().opens());
            }
            day = openings.from(day.get().plusDays(1));
        }
        return Optional.empty();
    }

    /** Looks back until the first moment of the stretch lies where no earlier day can reach. */
    private Instant opening(Instant moment) {
        for (int days = 2 * (openings.days() + SLACK); days <= 2 * FOR_EVER; days *= 2) {
            Instant opens =
                    holding(moment, joined(moment, days, SLACK)).orElseThrow().opens();
            if (opens.isAfter(midnight(dayOf(moment).minusDays(days - openings.days() - SLACK)))) {
                return opens;
            }
        }
        return Instant.EPOCH;
    }

    /** Looks ahead until the last moment of the stretch lies where no later day can reach. */
    private Instant closing(Instant moment) {
        int back = openings.days() + SLACK;
        for (int days = 2 * back; days <= 2 * FOR_EVER; days *= 2) {
            Instant closes =
                    holding(moment, joined(moment, back, days)).orElseThrow().closes();
            if (closes.isBefore(midnight(dayOf(moment).plusDays(days - SLACK)))) {
                return closes;
            }
        }
        return CronSchedule.NEVER;
    }

    private List<Window> joined(Instant moment, int back, int ahead) {
        LocalDate day = dayOf(moment);
        return Stretches.join(openings.between(day.minusDays(back), day.plusDays(ahead)));
    }

    private static Optional<Window> holding(Instant moment, List<Window> windows) {
        return windows.stream().filter(window -> window.contains(moment)).findFirst();
    }

    private static LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }

    private static Instant midnight(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
