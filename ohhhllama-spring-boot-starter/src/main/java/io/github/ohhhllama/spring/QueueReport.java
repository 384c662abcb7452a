package io.github.ohhhllama.spring;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.Place;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.ScheduleStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Shows the queue in the actuator. Immutable, like what it consists of.
 *
 * @param schedule when it runs
 * @param counts how many entries are in each state
 * @param queue what waits or is being downloaded, in the order of the download
 * @param recent what ended last, newest first
 * @since 0.1.0
 */
public record QueueReport(Schedule schedule, QueueCounts counts, List<Entry> queue, List<Entry> recent) {

    /** Copies both lists. */
    public QueueReport {
        queue = List.copyOf(queue);
        recent = List.copyOf(recent);
    }

    static QueueReport of(ScheduleStatus schedule, QueueSnapshot snapshot) {
        return new QueueReport(
                Schedule.of(schedule),
                snapshot.counts(),
                snapshot.queue().stream().map(Entry::of).toList(),
                snapshot.recent().stream().map(Entry::of).toList());
    }

    /**
     * Shows when the queue runs.
     *
     * @param expression the schedule as it was set
     * @param zone the zone its hours are meant in
     * @param nextStart the next start
     * @param runningSince since when the queue has been running, or null when it rests
     */
    public record Schedule(
            String expression,
            String zone,
            Instant nextStart,
            @Nullable Instant runningSince) {

        static Schedule of(ScheduleStatus status) {
            return new Schedule(status.expression(), status.zone().getId(), status.nextStart(), status.runningSince());
        }
    }

    /**
     * Shows one entry.
     *
     * @param id its number
     * @param model the model as it was asked for
     * @param requester who asked
     * @param state {@code pending}, {@code downloading}, {@code completed} or {@code failed}
     * @param createdAt when it was queued
     * @param updatedAt when it changed last
     * @param position 1 for the one that is or will be downloaded next, or null when it ended
     * @param startsAt when the queue starts next, or when it started, or null when the entry ended
     * @param attempts how many attempts failed
     * @param lastError why the last one failed, or null
     * @param progress how far the download is, or null when none was running yet
     */
    public record Entry(
            long id,
            String model,
            String requester,
            String state,
            Instant createdAt,
            Instant updatedAt,
            @Nullable Integer position,
            @Nullable Instant startsAt,
            int attempts,
            @Nullable String lastError,
            @Nullable Progress progress) {

        static Entry of(QueueEntry entry) {
            Place place = entry.place();
            Download download = entry.download();
            Attempts attempts = entry.attempts();
            return new Entry(
                    entry.id(),
                    entry.model().toString(),
                    entry.request().requester().name(),
                    entry.state().word(),
                    entry.createdAt(),
                    entry.updatedAt(),
                    place == null ? null : place.position(),
                    place == null ? null : place.startsAt(),
                    attempts.made(),
                    attempts.error(),
                    download == null ? null : Progress.of(download));
        }
    }

    /**
     * Shows how far a download is.
     *
     * @param status Ollama's words
     * @param completedBytes how much of the current layer is here
     * @param totalBytes the layer's size, 0 if unknown
     * @param bytesPerSecond the rate over the last seconds, 0 if unknown
     */
    public record Progress(String status, long completedBytes, long totalBytes, long bytesPerSecond) {

        static Progress of(Download download) {
            return new Progress(
                    download.progress().status(),
                    download.progress().completed(),
                    download.progress().total(),
                    download.bytesPerSecond());
        }
    }
}
