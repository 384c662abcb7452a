package io.github.ohhhllama.proxy.internal.json;

import com.squareup.moshi.JsonAdapter;
import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import com.squareup.moshi.JsonWriter;
import com.squareup.moshi.Moshi;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Spot;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads and writes the proxy's own API from the client's side; fields it does not know are left out. */
public final class ApiJson {

    private static final Moshi MOSHI =
            new Moshi.Builder().add(Instant.class, new Rfc3339().nullSafe()).build();
    private static final JsonAdapter<QueueView> QUEUE = MOSHI.adapter(QueueView.class);
    private static final JsonAdapter<ActionView> ACTION = MOSHI.adapter(ActionView.class);
    private static final JsonAdapter<QueueView.Entry> ENTRY = MOSHI.adapter(QueueView.Entry.class);
    private static final JsonAdapter<PlanView> PLAN = MOSHI.adapter(PlanView.class);
    private static final JsonAdapter<HistoryView> HISTORY = MOSHI.adapter(HistoryView.class);
    private static final JsonAdapter<OutdatedView> OUTDATED = MOSHI.adapter(OutdatedView.class);
    private static final JsonAdapter<HealthView> HEALTH = MOSHI.adapter(HealthView.class);
    private static final JsonAdapter<VersionView> VERSION = MOSHI.adapter(VersionView.class);
    private static final JsonAdapter<Object> ANY = MOSHI.adapter(Object.class);

    private ApiJson() {}

    /**
     * Reads the answer to {@code GET /api/queue}.
     *
     * @return the queue, or empty if the text is anything else
     */
    public static Optional<QueueView> queue(String text) {
        return parse(QUEUE, text).filter(view -> view.counts() != null && view.queue() != null);
    }

    /**
     * Reads the answer to {@code GET /api/queue/{id}}.
     *
     * @return the entry, or empty if the text is anything else
     */
    public static Optional<QueueView.Entry> entry(String text) {
        return parse(ENTRY, text).filter(view -> view.model() != null && view.status() != null);
    }

    /**
     * Reads the answer to {@code GET /api/queue/plan}.
     *
     * @return the plan, or empty if the text is anything else
     */
    public static Optional<Plan> plan(String text) {
        return parse(PLAN, text).flatMap(PlanView::plan);
    }

    /**
     * Reads the answer to {@code GET /api/health}.
     *
     * @return how the parts of the proxy are, or empty if the text is anything else
     */
    public static Optional<Health> health(String text) {
        return parse(HEALTH, text).flatMap(HealthView::health);
    }

    /**
     * Reads Ollama's answer to {@code GET /api/version}.
     *
     * @return the version, or empty if the text is anything else
     */
    public static Optional<String> version(String text) {
        return parse(VERSION, text).flatMap(view -> Optional.ofNullable(view.version()));
    }

    /**
     * Reads the answer to {@code GET /api/history}.
     *
     * @return what was downloaded, or empty if the text is anything else
     */
    public static Optional<HistoryView> history(String text) {
        return parse(HISTORY, text).filter(view -> view.tallies() != null && view.attempts() != null);
    }

    /**
     * Reads the answer to {@code GET /api/queue/outdated}.
     *
     * @return the models, or empty if the text is anything else
     */
    public static Optional<OutdatedView> outdated(String text) {
        return parse(OUTDATED, text).filter(view -> view.outdated() != null);
    }

    /**
     * Reads the answer to a request that changes something.
     *
     * @return what it says, or empty if the text is not a JSON object
     */
    public static Optional<ActionView> action(String text) {
        return parse(ACTION, text);
    }

    /**
     * Writes the body of a pull.
     *
     * @param model the model in the user's spelling
     * @param insecure whether Ollama may speak plain HTTP to the registry
     */
    public static String pull(String model, boolean insecure) {
        return insecure ? ANY.toJson(Map.of("model", model, "insecure", true)) : model(model);
    }

    /**
     * Writes a body that names a model.
     *
     * @param model the model in the user's spelling
     */
    public static String model(String model) {
        return ANY.toJson(Map.of("model", model));
    }

    /**
     * Writes a body that names an entry.
     *
     * @param id its number
     */
    public static String entry(long id) {
        return ANY.toJson(Map.of("id", id));
    }

    /**
     * Writes a body that says until when something is to last.
     *
     * @param until a moment, a local time or a length, as the user wrote it; or null if it has no end
     */
    public static String until(@Nullable String until) {
        return until == null ? "{}" : ANY.toJson(Map.of("until", until));
    }

    /**
     * Writes the body of a move.
     *
     * @param spot where to
     */
    public static String move(Spot spot) {
        if (spot instanceof Spot.Before before) {
            return ANY.toJson(Map.of("before", before.entry()));
        }
        return spot instanceof Spot.Among among
                ? ANY.toJson(Map.of("priority", among.priority().word()))
                : ANY.toJson(Map.of("first", true));
    }

    private static <T> Optional<T> parse(JsonAdapter<T> adapter, String text) {
        try {
            return Optional.ofNullable(adapter.fromJson(text));
        } catch (IOException | JsonDataException notOurs) {
            return Optional.empty();
        }
    }

    private static final class Rfc3339 extends JsonAdapter<Instant> {

        @Override
        public Instant fromJson(JsonReader reader) throws IOException {
            String text = reader.nextString();
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException invalid) {
                throw new JsonDataException(
                        "Expected an RFC 3339 timestamp at " + reader.getPath() + ", was \"" + text + '"', invalid);
            }
        }

        @Override
        public void toJson(JsonWriter writer, @Nullable Instant moment) throws IOException {
            writer.value(String.valueOf(moment));
        }
    }
}
