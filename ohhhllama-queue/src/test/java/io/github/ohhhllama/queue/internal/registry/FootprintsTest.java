package io.github.ohhhllama.queue.internal.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.Footprint;
import io.github.ohhhllama.Layer;
import io.github.ohhhllama.Manifest;
import io.github.ohhhllama.queue.internal.ollama.OkHttpOllamaClient;
import io.github.ohhhllama.testing.Answer;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FootprintsTest {

    private final FakeModel model = FakeModel.of("llama3", 4000, 30, 2);
    private final FakeOllama ollama = FakeOllama.start().offer(model).pace(Pacing.unlimited());
    private final OkHttpOllamaClient client =
            new OkHttpOllamaClient(ollama.uri(), Duration.ofSeconds(5), SettableClock.at("2026-03-28T21:00:00Z"));
    private final Footprints footprints = new Footprints(client);

    @AfterEach
    void close() {
        client.close();
        ollama.close();
    }

    @Test
    void allIsMissingOfAModelThatIsNew() {
        assertThat(footprints.of(model.manifest()))
                .isEqualTo(new Footprint(model.manifest(), model.manifest().layers()));
    }

    @Test
    void nothingIsMissingOfAModelThatIsHere() {
        ollama.install(model);

        assertThat(footprints.of(model.manifest()).missingBytes()).isZero();
        assertThat(footprints.of(model.manifest()).size()).isEqualTo(4032);
    }

    @Test
    void whatOtherModelsBroughtIsNotMissing() {
        String here = model.manifest().layers().get(0).digest();
        ollama.answer("/api/blobs/" + here, Answer.of(200, Map.of(), ""));

        assertThat(footprints.of(model.manifest()).missing())
                .isEqualTo(model.manifest().layers().subList(1, 3));
    }

    @Test
    void doesNotAskForMoreLayersThanAnybodyWaitsFor() {
        List<Layer> layers = IntStream.rangeClosed(0, 2000)
                .mapToObj(number -> new Layer(String.format(Locale.ROOT, "sha256:%064x", number), 1))
                .toList();

        assertThat(footprints.of(new Manifest("0".repeat(64), layers)).missing())
                .hasSize(2001);
        assertThat(ollama.requests()).isEmpty();
    }

    @Test
    void allIsMissingWhereOllamaCannotBeAsked() {
        ollama.install(model);
        ollama.answer("/api/blobs/" + model.manifest().layers().get(2).digest(), Answer.error(500, "out of order"));
        assertThat(footprints.of(model.manifest()).missingBytes()).isEqualTo(4032);

        ollama.close();
        assertThat(footprints.of(model.manifest()).missingBytes()).isEqualTo(4032);
    }
}
