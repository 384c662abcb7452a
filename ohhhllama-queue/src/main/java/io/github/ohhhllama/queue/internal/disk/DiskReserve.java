package io.github.ohhhllama.queue.internal.disk;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Is what has to stay free on a disk: a number of bytes, or a part of the whole.
 *
 * @param bytes how many bytes
 * @param percent how many hundredths of the disk, from 0 to below 100
 */
public record DiskReserve(long bytes, double percent) {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(%|[kmgt]?i?b?)");

    /** Checks that neither is negative and the percentage leaves something. */
    public DiskReserve {
        if (bytes < 0 || !(percent >= 0 && percent < 100)) {
            throw new IllegalArgumentException(
                    "expected bytes of 0 or more and 0 to below 100 percent, was " + bytes + " and " + percent);
        }
    }

    /**
     * Parses what a person wrote.
     *
     * @param text a size ({@code 20GB}, {@code 500MiB}, {@code 0}) or a percentage ({@code 5%})
     * @throws IllegalArgumentException if it is neither
     */
    public static DiskReserve parse(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw unexpected(text);
        }
        double number = Double.parseDouble(form.group(1));
        if (form.group(2).equals("%")) {
            if (number >= 100) {
                throw unexpected(text);
            }
            return new DiskReserve(0, number);
        }
        return factor(form.group(2))
                .map(factor -> new DiskReserve((long) (number * factor), 0))
                .orElseThrow(() -> unexpected(text));
    }

    /**
     * Returns how many bytes have to stay free.
     *
     * @param total the size of the disk in bytes
     */
    public long of(long total) {
        return bytes + (long) (total * percent / 100);
    }

    private static Optional<Long> factor(String unit) {
        long step = unit.contains("i") ? 1024 : 1000;
        return switch (unit.replace("i", "").replace("b", "")) {
            case "" -> unit.contains("i") ? Optional.empty() : Optional.of(1L);
            case "k" -> Optional.of(step);
            case "m" -> Optional.of(step * step);
            case "g" -> Optional.of(step * step * step);
            case "t" -> Optional.of(step * step * step * step);
            default -> Optional.empty();
        };
    }

    private static IllegalArgumentException unexpected(String text) {
        return new IllegalArgumentException(
                "expected a size such as 20GB or 500MiB, or a percentage such as 5%, was \"" + text + '"');
    }
}
