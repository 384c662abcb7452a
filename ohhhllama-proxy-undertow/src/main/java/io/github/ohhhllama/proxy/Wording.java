package io.github.ohhhllama.proxy;

import io.github.ohhhllama.Place;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.RateDecision;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Finds the sentences that people read in their clients. Immutable. */
final class Wording {

    /** Ollama's desktop app takes any error text with these digits in it for a bill. */
    private static final String BILL = "402";

    private final DateTimeFormatter time;

    Wording(ZoneId zone) {
        time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm z", Locale.ENGLISH).withZone(zone);
    }

    /** Says that a model is in the queue and when its turn comes. */
    String queued(QueueEntry entry) {
        String model = entry.model().spelling();
        return (model.contains(BILL) ? "The model" : model) + " is queued for off-peak download: "
                + entry.standing().map(this::turn).orElse("its turn is over") + ". It is not here yet.";
    }

    /** Says that the daily limit is used up and when it starts anew. */
    String limited(RateDecision rate) {
        return "The limit of " + rate.limit() + " new models a day is used up, it starts anew at " + at(rate.resetsAt())
                + ".";
    }

    private String turn(Place place) {
        String position = Integer.toString(place.position());
        String start = "starts " + at(place.startsAt());
        return position.contains(BILL) ? start : "position " + position + ", " + start;
    }

    private String at(Instant moment) {
        return time.format(moment);
    }
}
