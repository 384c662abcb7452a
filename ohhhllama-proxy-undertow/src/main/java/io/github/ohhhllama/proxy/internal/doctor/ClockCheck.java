package io.github.ohhhllama.proxy.internal.doctor;

import io.github.ohhhllama.proxy.internal.json.Health.Check;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Looks whether the clock can be right. That takes another clock to compare it with, or a file that was written in what
 * the clock takes for the future.
 *
 * @param clock the clock
 * @param zone the zone in which the schedule is meant
 */
record ClockCheck(Clock clock, ZoneId zone) {

    /** Schedules are in minutes, and so is what an answer may have been under way. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    private static final String ADVICE =
            "Set the clock, or have it set: sudo timedatectl set-ntp true. All schedules go by it.";

    /**
     * Compares.
     *
     * @param other what a registry takes for the time, if that could be asked
     * @param written a file that was written lately
     */
    Check against(Optional<Instant> other, Path written) {
        Instant now = clock.instant();
        String local = "It is " + Amounts.localAndUtc(now, zone) + " by the clock and the zone " + zone.getId();
        if (isAhead(written, now)) {
            return wrong(local + ", but the queue was written later than that.");
        }
        if (other.isEmpty()) {
            return Check.healthy(local + "; no other clock could be asked.");
        }
        Duration difference = Duration.between(other.get(), now);
        if (difference.abs().compareTo(TOLERANCE) > 0) {
            return wrong(local + ", which is " + Amounts.time(difference.abs())
                    + (difference.isNegative() ? " behind" : " ahead of") + " that of the models' registry.");
        }
        return Check.healthy(local + ", as by that of the models' registry.");
    }

    private static boolean isAhead(Path file, Instant now) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(now.plus(TOLERANCE));
        } catch (IOException noneYet) {
            return false;
        }
    }

    private static Check wrong(String message) {
        return Check.degraded(message).with(Diagnosis.ADVICE, ADVICE);
    }
}
