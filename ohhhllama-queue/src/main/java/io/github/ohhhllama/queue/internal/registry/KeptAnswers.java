package io.github.ohhhllama.queue.internal.registry;

import io.github.ohhhllama.RegistryAnswer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers what registries said, each answer for a while; that one could not be reached is not remembered. Thread-safe. */
final class KeptAnswers {

    private final RegistryLimits limits;
    private final Clock clock;
    private final Map<Question, Kept> answers = new LinkedHashMap<>(16, 0.75f, true) {

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Kept> eldest) {
            return size() > limits.mostKept();
        }
    };

    KeptAnswers(RegistryLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    synchronized Optional<RegistryAnswer> find(Question question) {
        Kept kept = answers.get(question);
        if (kept == null) {
            return Optional.empty();
        }
        if (kept.isStale(clock.instant(), time(kept.answer()))) {
            answers.remove(question);
            return Optional.empty();
        }
        return Optional.of(kept.answer());
    }

    synchronized void keep(Question question, RegistryAnswer answer) {
        if (!time(answer).isZero()) {
            answers.put(question, new Kept(answer, clock.instant()));
        }
    }

    private Duration time(RegistryAnswer answer) {
        if (answer instanceof RegistryAnswer.Found) {
            return limits.keepFound();
        }
        return answer instanceof RegistryAnswer.Refused ? limits.keepRefused() : Duration.ZERO;
    }

    private record Kept(RegistryAnswer answer, Instant since) {

        /** A clock that was put back makes everything stale, instead of young for hours. */
        boolean isStale(Instant now, Duration time) {
            return now.isBefore(since) || !now.isBefore(since.plus(time));
        }
    }
}
