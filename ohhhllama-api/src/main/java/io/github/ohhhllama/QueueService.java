package io.github.ohhhllama;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the queue of models to pull: one active entry a model. High priority comes before normal and low; among equals
 * those who asked take turns, each with the oldest wish first.
 *
 * <p>Implementations are thread-safe; every call blocks until its answer is certain. What a call acknowledged is on disk
 * before it returns. Every method throws {@link QueueStorageException} if the database cannot be used at the moment;
 * the call then changed nothing and may be repeated.
 *
 * @since 0.1.0
 */
public interface QueueService {

    /**
     * Queues a model, unless it stands in the queue already, is here in its newest version, is not to be had, finds no
     * room on the disk, or the requester's daily limit is used up. Looking up, charging and storing are one transaction,
     * for any number of callers and processes; the registry is asked before it, for three seconds at most.
     *
     * @param request what is asked, and by whom
     * @return which of these happened
     */
    EnqueueResult enqueue(PullRequest request);

    /**
     * Tells what {@link #enqueue} would do, without doing it.
     *
     * @param request what would be asked, and by whom
     * @return the answer, the size of the model and when it would be ready
     */
    Preview preview(PullRequest request);

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
     * Lists entries that wait, are being downloaded or ended, the newest first. It takes as long for a million entries as
     * for ten; where one stands in the queue is left out, and told by {@link #find} and {@link #snapshot}.
     *
     * @param filter which entries
     * @param page which of those; entries that come while one pages on push the others back
     * @return the entries of the page, without their {@link QueueEntry#place()}
     */
    List<QueueEntry> list(EntryFilter filter, Page page);

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
     * Moves an entry that waits.
     *
     * @param id its number
     * @param spot where to
     * @return the entry in its new place, or empty if it, or the one before which it is to stand, does not wait
     */
    Optional<QueueEntry> move(long id, Spot spot);

    /**
     * Gives an entry that was given up, or pauses after a failed attempt, another chance right away.
     *
     * @param id its number
     * @return the entry, which waits now, or empty if there is none, it is being downloaded or ended well, or its model
     *     has another active entry
     */
    Optional<QueueEntry> retry(long id);

    /**
     * Lets one entry leave the window: it is downloaded as soon as the running download ends, and no other follows it. A
     * queue that was paused by hand stays so.
     *
     * @param id its number
     * @return the entry, or empty if it does not wait
     */
    Optional<QueueEntry> runNow(long id);

    /**
     * Tells the story of an entry.
     *
     * @param id its number
     * @return what happened to it, in order; empty if there is no such entry
     */
    List<EntryEvent> events(long id);

    /**
     * Starts the queue now, as if the schedule had; it runs until nothing is left to try.
     *
     * @return what happened
     */
    default ProcessResult process() {
        return process(null);
    }

    /**
     * Starts the queue now, whether a window is open or not.
     *
     * @param until when it ends, or null to go on until nothing is left to try
     * @return what happened. Of a run that was under way, the end is the moment given, if one is: if a person started it,
     *     or if a window is open, which is made longer by it and never shorter
     */
    ProcessResult process(@Nullable Instant until);

    /**
     * Pauses the queue: the running download goes back to its place with what it has, and none is started.
     *
     * @param until when the pause ends by itself, or null if it does not
     */
    void pause(@Nullable Instant until);

    /**
     * Ends a pause made by hand; no other reason to wait is touched.
     *
     * @return whether the queue was paused
     */
    boolean resume();

    /** Shows what the next nights bring. */
    Plan plan();

    /**
     * Shows what was downloaded.
     *
     * @param query which part of it
     */
    History history(History.Query query);

    /**
     * Lists the models that are here and have a newer version in their registry; asks the registries, so it may take a
     * while.
     *
     * @throws OllamaException if Ollama cannot be asked what is here
     */
    List<OutdatedModel> outdated();

    /**
     * Tells how a requester stands with the daily limit.
     *
     * @param requester who asks
     * @return the decision the next new model would get
     */
    RateDecision rate(Requester requester);

    /** Tells when the queue runs. */
    ScheduleStatus schedule();

    /** Tells how much room there is for models; never throws. */
    DiskStatus disk();

    /** Tells whether the database works; never throws. */
    StorageStatus storage();
}
