package io.github.ohhhllama.queue;

import io.github.ohhhllama.queue.internal.sqlite.ClaimStore;
import io.github.ohhhllama.queue.internal.sqlite.Database;
import io.github.ohhhllama.queue.internal.sqlite.FetchStore;
import io.github.ohhhllama.queue.internal.sqlite.FootprintStore;
import io.github.ohhhllama.queue.internal.sqlite.HoldStore;
import io.github.ohhhllama.queue.internal.sqlite.Housekeeping;
import io.github.ohhhllama.queue.internal.sqlite.NoticeStore;
import io.github.ohhhllama.queue.internal.sqlite.PaceStore;
import io.github.ohhhllama.queue.internal.sqlite.QueueStore;
import io.github.ohhhllama.queue.internal.sqlite.RefreshMemory;
import io.github.ohhhllama.queue.internal.sqlite.RunStore;
import io.github.ohhhllama.queue.internal.sqlite.ScheduleMemory;

/**
 * Holds everything the database keeps.
 *
 * @param database the database
 * @param queue the entries
 * @param footprints how big the models are
 * @param claims who downloads what
 * @param runs the runs
 * @param fetches what every attempt brought
 * @param pace how fast the line is
 * @param holds what is paused
 * @param memory which starts were looked at
 * @param refreshes when the models were compared with their registries
 * @param notices what is still to be told
 * @param housekeeping forgets what is old
 */
record Stores(
        Database database,
        QueueStore queue,
        FootprintStore footprints,
        ClaimStore claims,
        RunStore runs,
        FetchStore fetches,
        PaceStore pace,
        HoldStore holds,
        ScheduleMemory memory,
        RefreshMemory refreshes,
        NoticeStore notices,
        Housekeeping housekeeping) {}
