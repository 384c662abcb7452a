package io.github.ohhhllama.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.ModelDetails;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.PullStream;
import io.github.ohhhllama.testing.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Asks an Ollama that takes its time. */
final class InstalledModelsTest {

    private static final ModelName FOO = ModelName.parse("foo");

    private final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");
    private final CountDownLatch silence = new CountDownLatch(1);
    private final AtomicInteger questions = new AtomicInteger();
    private volatile @Nullable RuntimeException trouble;
    private final InstalledModels models = new InstalledModels(new SlowOllama(), clock);

    @Test
    void asksOnceForAllWhoWait() throws Exception {
        List<FutureTask<Boolean>> answers = new ArrayList<>();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FutureTask<Boolean> answer = new FutureTask<>(() -> models.find(FOO).isPresent());
            answers.add(answer);
            Thread thread = new Thread(answer);
            waiting.add(thread);
            thread.start();
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        // So much time passes until Ollama answers that a list of then would be old.
        clock.advance(Duration.ofSeconds(10));
        silence.countDown();

        for (FutureTask<Boolean> answer : answers) {
            assertThat(answer.get()).isTrue();
        }
        assertThat(questions).hasValue(1);
    }

    @Test
    void asksAnewAfterASecondAndForOneWhoWantsToKnowItNow() {
        silence.countDown();
        models.find(FOO);
        models.find(FOO);
        assertThat(questions).hasValue(1);

        clock.advance(Duration.ofSeconds(1));
        models.find(FOO);
        assertThat(questions).hasValue(2);

        models.findNow(FOO);
        assertThat(questions).hasValue(3);
    }

    @Test
    void asksAnewAfterSomethingThatNobodyPlanned() {
        silence.countDown();
        trouble = new IllegalArgumentException("nobody planned this");
        assertThatThrownBy(() -> models.find(FOO)).hasCauseInstanceOf(IllegalArgumentException.class);

        trouble = null;
        assertThat(models.find(FOO)).isPresent();
    }

    private final class SlowOllama implements OllamaClient {

        @Override
        public List<InstalledModel> installedModels() {
            questions.incrementAndGet();
            RuntimeException unplanned = trouble;
            if (unplanned != null) {
                throw unplanned;
            }
            try {
                silence.await();
            } catch (InterruptedException impossible) {
                throw new IllegalStateException(impossible);
            }
            return List.of(new InstalledModel(FOO, "0".repeat(64), 1));
        }

        @Override
        public String version() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<ModelDetails> show(ModelName model) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean hasBlob(String digest) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean delete(ModelName model) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PullStream pull(ModelName model, boolean insecure) {
            throw new UnsupportedOperationException();
        }
    }
}
