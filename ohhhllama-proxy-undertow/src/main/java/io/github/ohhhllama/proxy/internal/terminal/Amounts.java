package io.github.ohhhllama.proxy.internal.terminal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes amounts as people read them. */
public final class Amounts {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
    private static final double STEP = 1000;
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final DateTimeFormatter ZONED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm zzz", Locale.ENGLISH);

    private Amounts() {}

    /**
     * Returns a size in decimal units, as Ollama shows them, for instance {@code 4.1 GB}.
     *
     * @param bytes 0 or more
     */
    public static String size(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double amount = bytes / STEP;
        int unit = 0;
        // 999.95 is where one digit after the point would round up to the next unit.
        while (amount >= 999.95 && unit < UNITS.length - 1) {
            amount /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, amount < 10 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
    }

    /**
     * Returns a length of time in its two largest units, for instance {@code 3m10s}.
     *
     * @param duration 0 or more
     */
    public static String time(Duration duration) {
        if (duration.toHours() > 0) {
            return duration.toHours() + "h" + duration.toMinutesPart() + "m";
        }
        return duration.toMinutes() > 0
                ? duration.toMinutes() + "m" + duration.toSecondsPart() + "s"
                : duration.toSeconds() + "s";
    }

    /**
     * Returns a moment on the clock of a zone, to the minute, for instance {@code 2026-11-24 03:00 CET}.
     *
     * @param moment when
     * @param zone whose clock
     */
    public static String local(Instant moment, ZoneId zone) {
        return ZONED.format(moment.atZone(zone));
    }

    /**
     * Returns a moment on the clock of a zone and in UTC, for instance {@code 2026-11-24 03:00 CET (2026-11-24 02:00 UTC)}.
     *
     * @param moment when
     * @param zone whose clock
     */
    public static String localAndUtc(Instant moment, ZoneId zone) {
        return local(moment, zone) + " (" + MINUTE.format(moment.atZone(ZoneOffset.UTC)) + " UTC)";
    }
}
