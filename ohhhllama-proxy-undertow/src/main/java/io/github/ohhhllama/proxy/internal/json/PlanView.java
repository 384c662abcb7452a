package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.Json;
import io.github.ohhhllama.Forecast;
import io.github.ohhhllama.Hold;
import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Stint;
import io.github.ohhhllama.Window;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer to {@code GET /api/queue/plan} as a client reads it.
 *
 * @param madeAt when the plan was made
 * @param bytesPerSecond the speed it counts on
 * @param nights the next windows in which something is to be done
 * @param forecasts one for each entry
 */
public record PlanView(
        @Json(name = "made_at") @Nullable Instant madeAt,
        @Json(name = "bytes_per_second") @Nullable Long bytesPerSecond,
        @Nullable List<NightView> nights,
        @Nullable List<ForecastView> forecasts) {

    /**
     * Shows a night.
     *
     * @param opens when its window opens
     * @param closes when it closes
     * @param stints what runs in it
     */
    public record NightView(Instant opens, Instant closes, List<StintView> stints) {}

    /**
     * Shows a stretch of a night.
     *
     * @param entry the number of the entry
     * @param model its model
     * @param from when it begins
     * @param to when it ends
     * @param bytes how many bytes come
     * @param finishes whether the model is there then
     */
    public record StintView(
            @Json(name = "queue_id") long entry,
            String model,
            Instant from,
            Instant to,
            long bytes,
            boolean finishes) {}

    /**
     * Shows what is foreseen of an entry.
     *
     * @param entry its number
     * @param ready when its model will be there
     * @param tonight whether that is after the night
     * @param holds why it waits
     */
    public record ForecastView(
            @Json(name = "queue_id") long entry,
            @Json(name = "ready_at") QueueView.@Nullable Ready ready,
            @Json(name = "fits_tonight") String tonight,
            List<HoldView> holds) {}

    /**
     * Shows a reason to wait.
     *
     * @param cause what it is, in one word
     * @param words the same for people
     * @param until when it is lifted
     */
    public record HoldView(
            String cause, String words, @Nullable Instant until) {}

    /** Returns the plan, or empty if this is none. */
    public Optional<Plan> plan() {
        if (madeAt == null || nights == null || forecasts == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Plan(
                    madeAt,
                    bytesPerSecond,
                    nights.stream().map(PlanView::night).toList(),
                    forecasts.stream().map(PlanView::forecast).toList()));
        } catch (IllegalArgumentException | NullPointerException | InvalidModelNameException notOurs) {
            return Optional.empty();
        }
    }

    private static Night night(NightView night) {
        return new Night(
                new Window(night.opens(), night.closes()),
                night.stints().stream().map(PlanView::stint).toList());
    }

    private static Stint stint(StintView stint) {
        return new Stint(
                stint.entry(),
                ModelName.parse(stint.model()),
                stint.from(),
                stint.to(),
                stint.bytes(),
                stint.finishes());
    }

    private static Forecast forecast(ForecastView forecast) {
        QueueView.Ready ready = forecast.ready();
        return new Forecast(
                forecast.entry(),
                ready == null ? null : ready.earliest(),
                ready == null ? null : ready.latest(),
                Forecast.Tonight.valueOf(forecast.tonight().toUpperCase(Locale.ROOT)),
                forecast.holds().stream().map(PlanView::hold).toList());
    }

    private static Hold hold(HoldView hold) {
        return new Hold(Hold.Cause.valueOf(hold.cause().toUpperCase(Locale.ROOT)), hold.words(), hold.until());
    }
}
