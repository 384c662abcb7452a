package io.github.ohhhllama;

import java.util.Objects;
import java.util.function.Function;

/**
 * Answers a request to queue a model; none of the outcomes is an exception. Immutable, all of them.
 *
 * @since 0.1.0
 */
public sealed interface EnqueueResult {

    /** Returns how the requester stands with the daily limit after this request. */
    RateDecision rate();

    /**
     * Hands the outcome to the one function that fits it.
     *
     * @param queued called for a new entry
     * @param alreadyQueued called when the model stood in the queue before
     * @param upToDate called when the newest version of the model is here
     * @param refused called when nothing was stored
     * @param <R> what the functions return
     * @return what the function returned
     */
    default <R> R match(
            Function<? super Queued, ? extends R> queued,
            Function<? super AlreadyQueued, ? extends R> alreadyQueued,
            Function<? super UpToDate, ? extends R> upToDate,
            Function<? super Refused, ? extends R> refused) {
        if (this instanceof Queued outcome) {
            return queued.apply(outcome);
        }
        if (this instanceof AlreadyQueued outcome) {
            return alreadyQueued.apply(outcome);
        }
        if (this instanceof UpToDate outcome) {
            return upToDate.apply(outcome);
        }
        return refused.apply((Refused) this);
    }

    /**
     * Says that the model was added; the entry is on disk.
     *
     * @param entry the new entry
     * @param rate how the requester stands
     */
    record Queued(QueueEntry entry, RateDecision rate) implements EnqueueResult {

        /** Checks that both are there. */
        public Queued {
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(rate, "rate");
        }
    }

    /**
     * Says that the model was in the queue before, waiting or downloading; nothing was charged.
     *
     * @param entry the entry that was there
     * @param rate how the requester stands
     */
    record AlreadyQueued(QueueEntry entry, RateDecision rate) implements EnqueueResult {

        /** Checks that both are there. */
        public AlreadyQueued {
            Objects.requireNonNull(entry, "entry");
            Objects.requireNonNull(rate, "rate");
        }
    }

    /**
     * Says that the model is here, in the version its registry has; nothing was stored and nothing charged.
     *
     * @param installed the model
     * @param rate how the requester stands
     */
    record UpToDate(InstalledModel installed, RateDecision rate) implements EnqueueResult {

        /** Checks that both are there. */
        public UpToDate {
            Objects.requireNonNull(installed, "installed");
            Objects.requireNonNull(rate, "rate");
        }
    }

    /** Says that nothing was stored, and why. */
    sealed interface Refused extends EnqueueResult {

        /**
         * Hands the reason to the one function that fits it.
         *
         * @param limited called when the daily limit is used up
         * @param noRoom called when the disk has no room
         * @param notOffered called when the registry does not hand the model out
         * @param <R> what the functions return
         * @return what the function returned
         */
        default <R> R match(
                Function<? super RateLimited, ? extends R> limited,
                Function<? super NoRoom, ? extends R> noRoom,
                Function<? super NotOffered, ? extends R> notOffered) {
            if (this instanceof RateLimited reason) {
                return limited.apply(reason);
            }
            return this instanceof NoRoom reason ? noRoom.apply(reason) : notOffered.apply((NotOffered) this);
        }
    }

    /**
     * Says that the requester's daily limit is used up.
     *
     * @param rate how the requester stands, and when the limit starts anew
     */
    record RateLimited(RateDecision rate) implements Refused {

        /** Checks that the decision is there. */
        public RateLimited {
            Objects.requireNonNull(rate, "rate");
        }
    }

    /**
     * Says that the disk has no room for the model.
     *
     * @param shortage how much it lacks
     * @param rate how the requester stands
     */
    record NoRoom(Shortage shortage, RateDecision rate) implements Refused {

        /** Checks that both are there. */
        public NoRoom {
            Objects.requireNonNull(shortage, "shortage");
            Objects.requireNonNull(rate, "rate");
        }
    }

    /**
     * Says that the registry does not have the model, or does not hand it out.
     *
     * @param failure the class of the refusal
     * @param words what Ollama would say to a pull of it
     * @param rate how the requester stands
     */
    record NotOffered(PullFailure failure, String words, RateDecision rate) implements Refused {

        /** Checks that all are there. */
        public NotOffered {
            Objects.requireNonNull(failure, "failure");
            Objects.requireNonNull(words, "words");
            Objects.requireNonNull(rate, "rate");
        }
    }
}
