package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.Priority;
import java.util.Locale;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Reads and writes the priority of an entry as the word the database uses; public for the generated tables only. */
public final class PriorityConverter extends AbstractConverter<String, Priority> {

    private static final long serialVersionUID = 1L;

    /** Creates the converter. */
    public PriorityConverter() {
        super(String.class, Priority.class);
    }

    @Override
    public @Nullable Priority from(@Nullable String word) {
        return word == null ? null : Priority.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public @Nullable String to(@Nullable Priority priority) {
        return priority == null ? null : priority.word();
    }
}
