package io.github.ohhhllama;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Selects entries of the queue; what is null makes no difference. Immutable.
 *
 * @param state in which state they are, or null
 * @param model the model they are for, in any spelling, or null
 * @param requester the name of who asked for them ({@link Requester#name()}), or null
 * @since 0.1.0
 */
public record EntryFilter(
        @Nullable EntryState state,
        @Nullable ModelName model,
        @Nullable String requester) {

    /** Selects every entry, ended ones too. */
    public static final EntryFilter ALL = new EntryFilter(null, null, null);

    /**
     * Returns this filter, narrowed to a state.
     *
     * @param only in which state the entries are
     */
    public EntryFilter in(EntryState only) {
        return new EntryFilter(only, model, requester);
    }

    /**
     * Returns this filter, narrowed to a model.
     *
     * @param only the model, in any spelling
     */
    public EntryFilter of(ModelName only) {
        return new EntryFilter(state, only, requester);
    }

    /**
     * Returns this filter, narrowed to who asked.
     *
     * @param only the name of the requester
     */
    public EntryFilter by(String only) {
        return new EntryFilter(state, model, only);
    }

    /**
     * Tells whether an entry is selected.
     *
     * @param entry the entry
     */
    public boolean selects(QueueEntry entry) {
        return Optional.ofNullable(state).map(entry.state()::equals).orElse(true)
                && Optional.ofNullable(model).map(entry.model()::equals).orElse(true)
                && Optional.ofNullable(requester)
                        .map(entry.request().requester().name()::equals)
                        .orElse(true);
    }
}
