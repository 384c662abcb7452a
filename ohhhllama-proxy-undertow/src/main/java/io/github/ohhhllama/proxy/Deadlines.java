package io.github.ohhhllama.proxy;

import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads until when something is to last, as people write it.
 *
 * @param clock tells what is to come
 * @param zone whose clock local times are read from
 */
record Deadlines(Clock clock, Supplier<ZoneId> zone) {

    private static final Pattern TIME = Pattern.compile("([01]?[0-9]|2[0-3]):[0-5][0-9]");
    private static final Pattern SHORT = Pattern.compile("(?=[0-9])([0-9]{1,4}h)?([0-9]{1,6}m)?([0-9]{1,6}s)?");

    /**
     * Parses a moment to come.
     *
     * @param text RFC 3339; or a local time such as {@code 06:00}, the next one; or a length from now such as {@code 2h}
     * @throws BadBodyException if it is none of them, or not to come
     */
    Instant parse(String text) throws BadBodyException {
        Instant now = clock.instant();
        Instant moment = read(text.strip(), now)
                .orElseThrow(() ->
                        new BadBodyException("until must be a moment such as 2026-11-24T06:00:00Z, a local time such"
                                + " as 06:00, or a length such as 2h, was \"" + text + '"'));
        if (!moment.isAfter(now)) {
            throw new BadBodyException("until must be to come, was \"" + text + "\", and it is " + now + " now");
        }
        return moment;
    }

    private Optional<Instant> read(String text, Instant now) {
        try {
            if (TIME.matcher(text).matches()) {
                return Optional.of(next(LocalTime.parse(text.length() == 5 ? text : '0' + text), now));
            }
            if (text.contains("T") && text.contains(":")) {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            }
            String length = text.toUpperCase(Locale.ROOT);
            boolean isShort = SHORT.matcher(text.toLowerCase(Locale.ROOT)).matches();
            return Optional.of(now.plus(Duration.parse(isShort ? "PT" + length : length)));
        } catch (DateTimeException | ArithmeticException unreadable) {
            return Optional.empty();
        }
    }

    private Instant next(LocalTime time, Instant now) {
        ZonedDateTime here = now.atZone(zone.get());
        ZonedDateTime today = here.toLocalDate().atTime(time).atZone(here.getZone());
        return (today.isAfter(here)
                        ? today
                        : here.toLocalDate().plusDays(1).atTime(time).atZone(here.getZone()))
                .toInstant();
    }
}
