package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.queue.internal.disk.DiskReserve;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import io.github.ohhhllama.queue.internal.ollama.OkHttpOllamaClient;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StillnessTest {

    private static final PullRequest PULL = PullRequest.of(ModelName.parse("llama3"), Requester.named("me"));
    private static final Set<String> LAYERS = Set.of("sha256:ab");
    private static final Duration STEP = Duration.ofSeconds(6);

    private final SettableClock clock = SettableClock.at("2026-11-24T06:00:00Z");

    @TempDir
    private Path folder;

    private FakeOllama ollama;
    private OkHttpOllamaClient client;

    @BeforeEach
    void startOllama() throws IOException {
        ollama = FakeOllama.start().offer(FakeModel.of("llama3", 1_000_000));
        client = new OkHttpOllamaClient(ollama.uri(), Duration.ofSeconds(5), clock);
        Files.createDirectories(folder.resolve("blobs"));
    }

    @AfterEach
    void stopOllama() {
        client.close();
        ollama.close();
    }

    @Test
    void knowsNothingBeforeADownloadWasEnded() {
        assertThat(stillness(here()).verdict()).isEmpty();
    }

    @Test
    void saysUnverifiedUntilTheFilesWereWatched() throws IOException {
        write(1_000);
        Stillness stillness = stillness(here());

        stillness.ended(PULL, LAYERS);
        stillness.look();

        assertThat(stillness.verdict()).contains(ScheduleStatus.Stillness.UNVERIFIED);
    }

    @Test
    void saysQuietWhenTheFilesStayAsTheyAre() throws IOException {
        write(1_000);
        Stillness stillness = stillness(here());

        stillness.ended(PULL, LAYERS);
        lookTwice(stillness);

        assertThat(stillness.verdict()).contains(ScheduleStatus.Stillness.QUIET);
        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void saysLeakingWhenTheFilesGrowAndJoinsAndLeaves() throws IOException {
        write(1_000);
        Stillness stillness = stillness(here());

        stillness.ended(PULL, LAYERS);
        clock.advance(STEP);
        stillness.look();
        write(2_000);
        clock.advance(STEP);
        stillness.look();

        assertThat(stillness.verdict()).contains(ScheduleStatus.Stillness.LEAKING);
        assertThat(ollama.pulls()).containsExactly("llama3");
    }

    @Test
    void joinsALeakOnceAMinuteAndSaysQuietWhenItEnds() throws IOException {
        write(1_000);
        Stillness stillness = stillness(here());
        stillness.ended(PULL, LAYERS);
        clock.advance(STEP);
        stillness.look();

        for (int look = 0; look < 12; look++) {
            write(2_000 + look);
            clock.advance(STEP);
            stillness.look();
        }
        assertThat(ollama.pulls()).hasSize(2);

        clock.advance(STEP);
        stillness.look();
        assertThat(stillness.verdict()).contains(ScheduleStatus.Stillness.QUIET);
    }

    @Test
    void saysQuietWhenTheDownloadWentOnToItsEnd() throws IOException {
        write(1_000);
        Stillness stillness = stillness(here());
        stillness.ended(PULL, LAYERS);
        clock.advance(STEP);
        stillness.look();

        Files.delete(folder.resolve("blobs/sha256-ab-partial"));
        clock.advance(STEP);
        stillness.look();

        assertThat(stillness.verdict()).contains(ScheduleStatus.Stillness.QUIET);
        assertThat(ollama.pulls()).isEmpty();
    }

    @Test
    void claimsNothingWhereTheFilesCannotBeSeen() {
        Stillness stillness = stillness(ModelStore.elsewhere("It is on another machine."));

        stillness.ended(PULL, LAYERS);
        lookTwice(stillness);

        assertThat(stillness.verdict()).contains(ScheduleStatus.Stillness.UNVERIFIED);
    }

    @Test
    void forgetsWhenSomethingIsDownloadedAgain() throws IOException {
        write(1_000);
        Stillness stillness = stillness(here());
        stillness.ended(PULL, LAYERS);

        stillness.started();
        lookTwice(stillness);

        assertThat(stillness.verdict()).isEmpty();
    }

    private void lookTwice(Stillness stillness) {
        clock.advance(STEP);
        stillness.look();
        clock.advance(STEP);
        stillness.look();
    }

    private ModelStore here() {
        return ModelStore.at(folder, new DiskReserve(0, 0));
    }

    private Stillness stillness(ModelStore store) {
        return new Stillness(client, store, Runnable::run, clock);
    }

    private void write(long modified) throws IOException {
        Path part = folder.resolve("blobs/sha256-ab-partial");
        Files.writeString(part, "x");
        Files.setLastModifiedTime(part, FileTime.fromMillis(modified));
    }
}
