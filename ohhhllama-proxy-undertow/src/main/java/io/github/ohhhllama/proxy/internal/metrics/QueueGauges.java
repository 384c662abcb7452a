package io.github.ohhhllama.proxy.internal.metrics;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueCounts;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.ScheduleStatus;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the queue how it stands, once for each reading. What cannot be known at the moment has no value then: the queue's
 * own figures while the database cannot be used, the disk's where it cannot be looked at. Thread-safe.
 */
final class QueueGauges implements MultiCollector {

    private static final Page FIRST = new Page(1, 0);
    private static final Duration NEVER = Duration.ofDays(100 * 365);
    private static final double SECOND = 1000;

    private final QueueService queue;
    private final Clock clock;

    QueueGauges(QueueService queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        List<MetricSnapshot> gauges = new ArrayList<>();
        boolean works = queue.storage().trouble().isEmpty();
        gauges.add(gauge("ohhhllama_database_up", "1 if the database takes what it is given, else 0.", works));
        try {
            add(gauges, queue.snapshot(FIRST));
            add(gauges, queue.schedule());
        } catch (QueueStorageException trouble) {
            // The gauge above says so.
        }
        DiskStatus disk = queue.disk();
        if (disk.trouble().isEmpty()) {
            add(gauges, disk);
        }
        return new MetricSnapshots(gauges);
    }

    private static void add(List<MetricSnapshot> gauges, QueueSnapshot snapshot) {
        QueueCounts counts = snapshot.counts();
        gauges.add(named("ohhhllama_queue_entries", "Entries of the queue, by state.")
                .dataPoint(inState(EntryState.PENDING, counts.pending()))
                .dataPoint(inState(EntryState.DOWNLOADING, counts.downloading()))
                .dataPoint(inState(EntryState.COMPLETED, counts.completed()))
                .dataPoint(inState(EntryState.FAILED, counts.failed()))
                .build());
        // The entry that is being downloaded is the first.
        long rate = snapshot.queue().stream()
                .filter(entry -> entry.state() == EntryState.DOWNLOADING)
                .flatMap(entry -> entry.downloaded().stream())
                .mapToLong(Download::bytesPerSecond)
                .sum();
        gauges.add(gauge("ohhhllama_download_bytes_per_second", "How fast the download comes, 0 without one.", rate));
    }

    private void add(List<MetricSnapshot> gauges, ScheduleStatus schedule) {
        boolean leaks = schedule.stillness() == ScheduleStatus.Stillness.LEAKING;
        gauges.add(gauge("ohhhllama_window_open", "1 while the queue may download, else 0.", schedule.isRunning()));
        gauges.add(gauge(
                "ohhhllama_next_window_seconds",
                "Time until the queue may download, 0 while it may, +Inf if it never will.",
                untilOpen(schedule)));
        gauges.add(gauge(
                "ohhhllama_queue_paused",
                "1 while somebody paused the queue, else 0.",
                schedule.paused().isPresent()));
        gauges.add(gauge(
                "ohhhllama_download_leaking",
                "1 while Ollama goes on with a download that was paused, else 0.",
                leaks));
    }

    private static void add(List<MetricSnapshot> gauges, DiskStatus disk) {
        gauges.add(gauge("ohhhllama_models_disk_size_bytes", "How big the disk of the models is.", disk.total()));
        gauges.add(
                gauge("ohhhllama_models_disk_free_bytes", "How much of the disk of the models is free.", disk.free()));
        gauges.add(gauge(
                "ohhhllama_models_disk_reserve_bytes",
                "How much of the disk of the models is to stay free.",
                disk.kept()));
    }

    private double untilOpen(ScheduleStatus schedule) {
        Instant now = clock.instant();
        if (schedule.isRunning()) {
            return 0.0;
        }
        Duration wait = Duration.between(now, schedule.nextStart());
        return wait.compareTo(NEVER) > 0 ? Double.POSITIVE_INFINITY : Math.max(0, wait.toMillis() / SECOND);
    }

    private static GaugeDataPointSnapshot inState(EntryState state, long count) {
        return GaugeDataPointSnapshot.builder()
                .labels(Labels.of("state", state.word()))
                .value((double) count)
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, boolean yes) {
        return gauge(name, help, yes ? 1.0 : 0.0);
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return gauge(name, help, (double) value);
    }

    private static GaugeSnapshot gauge(String name, String help, double value) {
        return named(name, help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build();
    }

    private static GaugeSnapshot.Builder named(String name, String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }
}
