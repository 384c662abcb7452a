package io.github.ohhhllama.queue.internal.registry;

import java.time.Duration;

/**
 * Says how long questions to registries may take, how long their answers are remembered, and how long a registry that
 * failed is left in peace.
 *
 * @param budget how long a question may take in all, waiting for its turn included
 * @param keepFound how long a manifest is remembered
 * @param keepRefused how long a refusal is remembered
 * @param mostKept how many answers are remembered; beyond that the one that was not asked for the longest goes
 * @param firstPeace how long a registry is left in peace after its first failure; twice as long after each further one
 * @param longestPeace the longest it is left in peace, even if it asks for more
 */
public record RegistryLimits(
        Duration budget,
        Duration keepFound,
        Duration keepRefused,
        int mostKept,
        Duration firstPeace,
        Duration longestPeace) {

    /** 3 seconds; 5 minutes, 1 minute, 1,000 answers; from 10 seconds to 5 minutes of peace. */
    public static final RegistryLimits DEFAULT = new RegistryLimits(
            Duration.ofSeconds(3),
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            1000,
            Duration.ofSeconds(10),
            Duration.ofMinutes(5));

    /**
     * Checks that all of them mean something.
     *
     * @throws IllegalArgumentException if a duration that must be longer than zero is not, or a number is negative
     */
    public RegistryLimits {
        longerThanZero(budget, "budget");
        longerThanZero(firstPeace, "firstPeace");
        if (keepFound.isNegative() || keepRefused.isNegative()) {
            throw new IllegalArgumentException(
                    "answers must be kept for zero or longer, was " + keepFound + " and " + keepRefused);
        }
        if (mostKept < 0) {
            throw new IllegalArgumentException("mostKept must not be negative, was " + mostKept);
        }
        if (longestPeace.compareTo(firstPeace) < 0) {
            throw new IllegalArgumentException("longestPeace must be at least " + firstPeace + ", was " + longestPeace);
        }
    }

    private static void longerThanZero(Duration duration, String name) {
        if (duration.isZero() || duration.isNegative()) {
            throw new IllegalArgumentException(name + " must be longer than zero, was " + duration);
        }
    }
}
