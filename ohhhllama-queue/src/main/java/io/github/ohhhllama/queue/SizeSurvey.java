package io.github.ohhhllama.queue;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.queue.internal.sqlite.FootprintStore;
import io.github.ohhhllama.queue.internal.sqlite.QueueStore;
import io.github.ohhhllama.queue.internal.sqlite.Unsized;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks again for the sizes of models whose registry did not answer when they were queued. What turns out not to be had is
 * given up by day rather than at night. One thread only.
 */
final class SizeSurvey implements Runnable {

    private static final int AT_ONCE = 20;
    private static final Logger LOG = LoggerFactory.getLogger(SizeSurvey.class);

    private final FootprintStore footprints;
    private final QueueStore queue;
    private final Preflight preflight;
    private final Listeners listeners;

    /** How many at the head of the queue did not become known: those behind them get their turn. */
    private int skipped;

    SizeSurvey(FootprintStore footprints, QueueStore queue, Preflight preflight, Listeners listeners) {
        this.footprints = footprints;
        this.queue = queue;
        this.preflight = preflight;
        this.listeners = listeners;
    }

    @Override
    public void run() {
        List<Unsized> entries = footprints.unsized(AT_ONCE, skipped);
        if (entries.isEmpty()) {
            skipped = 0;
            entries = footprints.unsized(AT_ONCE, skipped);
        }
        int unknown = 0;
        for (Unsized entry : entries) {
            Preflight.Finding finding = preflight.look(entry.request());
            if (finding instanceof Preflight.Available available) {
                footprints.set(entry.id(), available.footprint());
            } else if (finding instanceof Preflight.Refused refused) {
                giveUp(entry, refused.words());
            } else {
                unknown++;
            }
        }
        skipped += unknown;
    }

    private void giveUp(Unsized entry, String words) {
        LOG.info("entry {}, {}: {} (given up)", entry.id(), entry.request().model(), words);
        if (queue.refuse(entry.id(), words)) {
            listeners.entryChanged(entry.id(), EntryEvent.Kind.FAILED, words);
        }
    }
}
