package io.github.ohhhllama.queue.internal.sqlite;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes a moment as RFC 3339 in UTC with exactly three decimals, so that the order of the texts is the order
 * of time; public for the generated tables only.
 */
public final class UtcMillisConverter extends AbstractConverter<String, Instant> {

    private static final long serialVersionUID = 1L;

    private static final DateTimeFormatter FORMAT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    /** Creates the converter. */
    public UtcMillisConverter() {
        super(String.class, Instant.class);
    }

    @Override
    public @Nullable Instant from(@Nullable String text) {
        return text == null ? null : Instant.parse(text);
    }

    @Override
    public @Nullable String to(@Nullable Instant moment) {
        return moment == null ? null : text(moment);
    }

    /** Returns what is stored for a moment. */
    static String text(Instant moment) {
        return FORMAT.format(moment);
    }
}
