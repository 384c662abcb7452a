package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.EntryState;
import java.util.Locale;
import org.jooq.impl.AbstractConverter;
import org.jspecify.annotations.Nullable;

/** Reads and writes the state of an entry as the word the database uses; public for the generated tables only. */
public final class EntryStateConverter extends AbstractConverter<String, EntryState> {

    private static final long serialVersionUID = 1L;

    /** Creates the converter. */
    public EntryStateConverter() {
        super(String.class, EntryState.class);
    }

    @Override
    public @Nullable EntryState from(@Nullable String word) {
        return word == null ? null : EntryState.valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public @Nullable String to(@Nullable EntryState state) {
        return state == null ? null : state.word();
    }
}
