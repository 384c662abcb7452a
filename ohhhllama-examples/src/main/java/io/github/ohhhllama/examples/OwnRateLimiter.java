package io.github.ohhhllama.examples;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.RateDecision;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.Ohhhllama;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Replaces the daily limit by a rule of its own: some may, the others may not. */
public final class OwnRateLimiter {

    private OwnRateLimiter() {}

    /**
     * Asks once as one who may, and once as one who may not.
     *
     * @param arguments where the queue is kept
     */
    public static void main(String... arguments) {
        Path database = Path.of(arguments[0]);
        // tag::limit[]
        RateLimiter guestList = new GuestList(Set.of("alice", "bob"), Clock.systemUTC());
        try (Ohhhllama ohhhllama = Ohhhllama.builder(database)
                .registry(Registry.NONE)
                .rateLimiter(guestList)
                .build()) {
            for (String name : List.of("alice", "mallory")) {
                PullRequest wish = PullRequest.of(ModelName.parse("phi3:" + name), Requester.named(name));
                EnqueueResult result = ohhhllama.queue().enqueue(wish);
                System.out.println(name + ": "
                        + result.match(
                                queued -> "queued",
                                already -> "already queued",
                                current -> "is here",
                                refused -> "refused"));
            }
        }
        // end::limit[]
    }

    // tag::rule[]
    /**
     * Lets those in who are on the list.
     *
     * @param guests who is on it
     * @param clock tells when to ask again
     */
    record GuestList(Set<String> guests, Clock clock) implements RateLimiter {

        @Override
        public RateDecision tryAcquire(Requester requester) {
            return peek(requester);
        }

        @Override
        public RateDecision peek(Requester requester) {
            boolean invited = guests.contains(requester.name());
            return new RateDecision(invited, 1, invited ? 1 : 0, clock.instant().plus(Duration.ofDays(1)));
        }
    }
    // end::rule[]
}
