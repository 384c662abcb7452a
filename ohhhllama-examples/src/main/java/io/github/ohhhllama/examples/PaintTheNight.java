package io.github.ohhhllama.examples;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Extent;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.plan.Forecaster;
import io.github.ohhhllama.queue.internal.plan.HourSample;
import io.github.ohhhllama.queue.internal.plan.Hours;
import io.github.ohhhllama.queue.internal.plan.Obstacles;
import io.github.ohhhllama.queue.internal.plan.Overtime;
import io.github.ohhhllama.queue.internal.plan.Pace;
import io.github.ohhhllama.queue.internal.plan.Situation;
import io.github.ohhhllama.queue.internal.window.Timetable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Paints the picture of the documents, from the plan for a Monday noon with five models in the queue. */
public final class PaintTheNight {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 23);
    private static final Instant NOON = TODAY.atTime(12, 0).atZone(ZONE).toInstant();
    private static final long MB = 1_000_000;

    private PaintTheNight() {}

    /**
     * Writes the picture.
     *
     * @param arguments the file
     * @throws IOException if it cannot be written
     */
    public static void main(String... arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), new NightPicture(plan(), ZONE).svg());
    }

    private static Plan plan() {
        List<QueueEntry> queue = List.of(
                entry(1, "llama3.3:70b", 42_520 * MB),
                entry(2, "gemma3:27b", 17_396 * MB),
                entry(3, "qwen3:235b", 142_149 * MB),
                entry(4, "mistral-small:24b", 14_333 * MB),
                entry(5, "gpt-oss:120b", 65_369 * MB));
        Situation situation =
                new Situation(NOON, queue, new Hours.Windows(new Nights()), Overtime.NONE, Obstacles.NONE);
        return new Forecaster(ZONE).plan(situation, Pace.of(samples(), NOON, ZONE));
    }

    private static QueueEntry entry(long id, String model, long size) {
        PullRequest request = PullRequest.of(ModelName.parse(model), Requester.named("me"));
        return new QueueEntry(
                id, request, EntryState.PENDING, NOON, NOON, Attempts.NONE, null, null, new Extent(size, size));
    }

    /** A week of nights: 4 MB a second while others watch films, 6 when they sleep. */
    private static List<HourSample> samples() {
        List<HourSample> samples = new ArrayList<>();
        for (int day = 1; day <= 7; day++) {
            Instant opens = new Nights().on(TODAY.minusDays(day)).opens();
            for (int hour = 0; hour < 8; hour++) {
                long rate = hour < 2 ? 4 * MB : 6 * MB;
                Duration length = Duration.ofHours(1);
                samples.add(new HourSample(
                        opens.plus(length.multipliedBy(hour)), rate * length.toSeconds(), length.toMillis()));
            }
        }
        return samples;
    }

    /** From ten in the evening until six. */
    private static final class Nights implements Timetable {

        @Override
        public Optional<Window> at(Instant moment) {
            return around(moment).stream()
                    .filter(window -> window.contains(moment))
                    .findFirst();
        }

        @Override
        public Optional<Window> next(Instant moment) {
            return around(moment).stream()
                    .filter(window -> window.opens().isAfter(moment))
                    .findFirst();
        }

        private List<Window> around(Instant moment) {
            LocalDate day = moment.atZone(ZONE).toLocalDate();
            return IntStream.rangeClosed(-1, 1)
                    .mapToObj(days -> on(day.plusDays(days)))
                    .toList();
        }

        private Window on(LocalDate evening) {
            return new Window(
                    evening.atTime(22, 0).atZone(ZONE).toInstant(),
                    evening.plusDays(1).atTime(6, 0).atZone(ZONE).toInstant());
        }
    }
}
