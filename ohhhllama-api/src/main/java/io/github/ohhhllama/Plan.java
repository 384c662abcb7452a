package io.github.ohhhllama;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the next nights bring, as seen from one moment. A model whose size is not known has no stint. Immutable.
 *
 * @param madeAt when the plan was made
 * @param bytesPerSecond the speed it counts on in bytes per second, or null if none was ever measured
 * @param nights the next windows in which something is to be done, in order
 * @param forecasts one for each active entry it looked at, in the order of their download
 * @since 0.1.0
 */
public record Plan(Instant madeAt, @Nullable Long bytesPerSecond, List<Night> nights, List<Forecast> forecasts) {

    /** Checks that the moment is there and copies the lists. */
    public Plan {
        Objects.requireNonNull(madeAt, "madeAt");
        nights = List.copyOf(nights);
        forecasts = List.copyOf(forecasts);
    }

    /**
     * Looks the forecast of an entry up.
     *
     * @param entry the entry's number
     * @return its forecast, or empty if the plan does not reach that far
     */
    public Optional<Forecast> forecast(long entry) {
        return forecasts.stream().filter(one -> one.entry() == entry).findFirst();
    }
}
