package io.github.ohhhllama.proxy;

import io.github.ohhhllama.Hold;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.Shortage;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the sentences that people read in their clients. Immutable. */
final class Wording {

    /** Ollama's desktop app takes any error text with these digits in it for a bill. */
    private static final String BILL = "402";

    private static final double MEGABYTE = 1e6;
    private static final double GIGABYTE = 1e9;
    private static final double TERABYTE = 1e12;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ENGLISH);

    private final Supplier<ZoneId> zone;
    private final Clock clock;

    Wording(Supplier<ZoneId> zone, Clock clock) {
        this.zone = zone;
        this.clock = clock;
    }

    /** Says that a model is in the queue and when its turn comes. */
    String queued(QueueEntry entry) {
        return name(entry.model()) + " is queued for off-peak download: "
                + entry.standing().map(this::turn).orElse("its turn is over") + ". It is not here yet.";
    }

    /** Says to one who makes a model that the one it starts from has come. */
    String askAgain(ModelName base) {
        return name(base) + " is here now: send the request again, to make a model from it";
    }

    /** Says that the daily limit is used up and when it starts anew. */
    String limited(RateDecision rate) {
        return "The limit of " + rate.limit() + " new models a day is used up, it starts anew at " + at(rate.resetsAt())
                + ".";
    }

    /** Says that the disk has no room for a model, with the figures. */
    String noRoom(ModelName model, Shortage shortage) {
        return name(model) + " needs " + amount(shortage.needed()) + ", " + amount(shortage.reserved())
                + " are reserved for models before it, " + amount(shortage.kept()) + " stay free, "
                + amount(shortage.free()) + " are free: " + amount(shortage.missing()) + " short";
    }

    /** Says that the queue is paused by hand. */
    String paused(@Nullable Instant until) {
        return until == null
                ? "The queue is paused until it is resumed"
                : "The queue is paused until " + at(until) + ", or until it is resumed before";
    }

    /** Says, as the end of a sentence, that nothing runs as long as a pause lasts. */
    String butPaused(Hold pause) {
        return ", but the queue is paused by hand"
                + pause.lifted().map(end -> " until " + at(end)).orElse("") + ": resume it first";
    }

    private static String name(ModelName model) {
        String spelling = model.spelling();
        return spelling.contains(BILL) ? "The model" : spelling;
    }

    private static String amount(long bytes) {
        boolean big = bytes >= GIGABYTE;
        String usual = String.format(Locale.ROOT, big ? "%.1f GB" : "%.1f MB", bytes / (big ? GIGABYTE : MEGABYTE));
        String other = String.format(Locale.ROOT, big ? "%.2f TB" : "%.2f GB", bytes / (big ? TERABYTE : GIGABYTE));
        return usual.contains(BILL) ? other : usual;
    }

    private String turn(Place place) {
        String position = Integer.toString(place.position());
        boolean runs = !place.startsAt().isAfter(clock.instant());
        String start = runs ? "the queue runs since " + minute(place.startsAt()) : "starts " + at(place.startsAt());
        return position.contains(BILL) ? start : "position " + position + ", " + start;
    }

    /** A minute that has begun counts as over: nothing happens before the time that is told. */
    private String at(Instant moment) {
        return minute(moment.plus(ChronoUnit.MINUTES.getDuration()).minusNanos(1));
    }

    private String minute(Instant moment) {
        return TIME.withZone(zone.get()).format(moment);
    }
}
