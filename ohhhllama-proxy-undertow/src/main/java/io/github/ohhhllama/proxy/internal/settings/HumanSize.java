package io.github.ohhhllama.proxy.internal.settings;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a number of bytes as people write it: {@code 500}, {@code 50kB}, {@code 1.5GB}, {@code 20GiB}; a rate may end in {@code /s}. */
final class HumanSize {

    private static final Pattern FORM = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?) ?([kmgt]?i?b?)(?:/s)?");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "k", 1_000L,
            "m", 1_000_000L,
            "g", 1_000_000_000L,
            "t", 1_000_000_000_000L,
            "ki", 1L << 10,
            "mi", 1L << 20,
            "gi", 1L << 30,
            "ti", 1L << 40);

    private HumanSize() {}

    /**
     * Parses a number of bytes.
     *
     * @throws UnexpectedTextException if it is not one
     */
    static long parse(String text) {
        Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        Long unit = form.matches() ? UNITS.get(form.group(2).replace("b", "")) : null;
        if (unit == null) {
            throw new UnexpectedTextException("a number of bytes such as 500, 50kB or 1.5GiB");
        }
        try {
            return new BigDecimal(form.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .toBigInteger()
                    .longValueExact();
        } catch (ArithmeticException tooMuch) {
            throw new UnexpectedTextException("a number of bytes below " + Long.MAX_VALUE);
        }
    }
}
