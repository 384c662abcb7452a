package io.github.ohhhllama;

import java.util.Optional;

/**
 * Keeps the queue of models to pull: one active entry a model, in the order in which they were asked for.
 *
 * <p>Implementations are thread-safe; every call blocks until its answer is certain. What a call acknowledged is on disk
 * before it returns. Every method throws {@link QueueStorageException} if the database cannot be used at the moment;
 * the call then changed nothing and may be repeated.
 */
public interface QueueService {

    /**
     * Queues a model, unless it stands in the queue already or the requester's daily limit is used up. Looking up,
     * charging and storing are one transaction, for any number of callers and processes.
     *
     * @param request what is asked, and by whom
     * @return which of the three happened
     */
    EnqueueResult enqueue(PullRequest request);

    /**
     * Looks an entry up.
     *
     * @param id its number
     * @return the entry, in whatever state it is
     */
    Optional<QueueEntry> find(long id);

    /**
     * Looks up the active entry of a model.
     *
     * @param model the model, in any spelling
     * @return the entry that waits or is being downloaded
     */
    Optional<QueueEntry> findActive(ModelName model);

    /**
     * Shows the queue.
     *
     * @param page which of the active entries to show
     * @return counts, active entries and the ones that ended last
     */
    QueueSnapshot snapshot(Page page);

    /**
     * Takes an entry out of the queue, or out of the list of those that ended. A running download is cancelled for good.
     *
     * @param id its number
     * @return the entry as it was, or empty if there is none
     */
    Optional<QueueEntry> remove(long id);

    /**
     * Takes the active entry of a model out of the queue. A running download is cancelled for good.
     *
     * @param model the model, in any spelling
     * @return the entry as it was, or empty if none was active
     */
    Optional<QueueEntry> remove(ModelName model);

    /**
     * Starts the queue now, as if the schedule had; it runs until nothing is left to try.
     *
     * @return what happened
     */
    ProcessResult process();

    /**
     * Tells how a requester stands with the daily limit.
     *
     * @param requester who asks
     * @return the decision the next new model would get
     */
    RateDecision rate(Requester requester);

    /** Tells when the queue runs. */
    ScheduleStatus schedule();

    /** Tells whether the database works; never throws. */
    StorageStatus storage();
}
