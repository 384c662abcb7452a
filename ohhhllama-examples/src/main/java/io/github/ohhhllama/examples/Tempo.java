package io.github.ohhhllama.examples;

import io.github.ohhhllama.testing.Pacing;
import java.time.Duration;

/**
 * Says how fast the demo plays.
 *
 * @param day how long the day is, a second at least
 * @param reading how long something new is left alone, to be read
 * @param line how fast downloads are, in bytes
 * @param tokens how fast the model speaks
 */
record Tempo(Duration day, Duration reading, Pacing line, Pacing tokens) {

    /** Half a minute in all, for people who look on. */
    static final Tempo LIVE = new Tempo(
            Duration.ofSeconds(14), Duration.ofSeconds(1), Pacing.perSecond(520_000_000), Pacing.perSecond(10));
}
