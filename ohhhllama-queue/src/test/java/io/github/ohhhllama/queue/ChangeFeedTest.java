package io.github.ohhhllama.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.Attempts;
import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueChange;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.Requester;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keeps the rules of Reactive Streams 1.0.4 that concern a publisher; their numbers stand beside the tests. */
@Timeout(30)
final class ChangeFeedTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final ChangeFeed feed = new ChangeFeed();

    @AfterEach
    void close() {
        feed.close();
    }

    /** Rules 1.1, 1.9 and 3.8. */
    @Test
    void signalsNoMoreThanWasAskedFor() throws InterruptedException {
        Recorder recorder = follow();
        for (int id = 1; id <= 3; id++) {
            feed.progressed(entry(id, 10));
        }

        recorder.request(2);
        assertThat(recorder.next()).isEqualTo("1 at 10");
        assertThat(recorder.next()).isEqualTo("2 at 10");
        assertThat(recorder.isSilent()).isTrue();
        recorder.request(1);
        assertThat(recorder.next()).isEqualTo("3 at 10");
    }

    @Test
    void theSlowGetTheLatestOfEachEntry() throws InterruptedException {
        Recorder recorder = follow();
        for (long progress = 1; progress <= 100; progress++) {
            feed.progressed(entry(1, progress));
            feed.progressed(entry(2, 2 * progress));
        }

        recorder.request(Long.MAX_VALUE);
        assertThat(recorder.next()).isEqualTo("1 at 100");
        assertThat(recorder.next()).isEqualTo("2 at 200");
        assertThat(recorder.isSilent()).isTrue();
    }

    @Test
    void nothingHidesThatAnEntryIsGone() throws InterruptedException {
        Recorder recorder = follow();
        feed.progressed(entry(1, 50));
        feed.removed(entry(1, 60));
        feed.progressed(entry(1, 70));

        recorder.request(Long.MAX_VALUE);
        assertThat(recorder.next()).isEqualTo("1 removed");
        assertThat(recorder.isSilent()).isTrue();
    }

    @Test
    void progressDoesNotHideWhatHappened() throws InterruptedException {
        Recorder recorder = follow();
        feed.entryChanged(entry(1, 0), new EntryEvent(1, NOON, EntryEvent.Kind.STARTED, ""));
        feed.progressed(entry(1, 50));

        recorder.request(1);
        assertThat(recorder.next()).isEqualTo("1 started at 50");
        feed.progressed(entry(1, 60));
        feed.entryChanged(entry(1, 70), new EntryEvent(1, NOON, EntryEvent.Kind.COMPLETED, ""));
        recorder.request(1);
        assertThat(recorder.next()).isEqualTo("1 completed at 70");
    }

    @Test
    void forgetsTheEldestOfTooManyEntries() throws InterruptedException {
        Recorder recorder = follow();
        for (int id = 0; id <= PendingChanges.MOST; id++) {
            feed.progressed(entry(id, 1));
        }

        recorder.request(1);
        assertThat(recorder.next()).isEqualTo("1 at 1");
    }

    @Test
    void holdsNobodyUpForTheSlow() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Recorder slow = new Recorder(release);
        feed.subscribe(slow);
        assertThat(slow.next()).isEqualTo("subscribed");
        slow.request(Long.MAX_VALUE);
        Recorder quick = follow();
        quick.request(Long.MAX_VALUE);

        for (int progress = 1; progress <= 3; progress++) {
            feed.progressed(entry(1, progress));
            assertThat(quick.next()).isEqualTo("1 at " + progress);
        }
        release.countDown();
        String first = slow.next();
        assertThat(first.endsWith("3") ? first : slow.next()).isEqualTo("1 at 3");
    }

    /** Rules 1.6 and 3.9. */
    @Test
    void aRequestForNothingIsAnErrorAndTheEnd() throws InterruptedException {
        for (long count : new long[] {0, -1}) {
            Recorder recorder = follow();
            recorder.request(count);

            assertThat(recorder.next()).isEqualTo("error: a request must be for 1 or more changes, was for " + count);
            recorder.request(1);
            feed.progressed(entry(1, 1));
            assertThat(recorder.isSilent()).isTrue();
        }
        assertThat(feed.isFollowed()).isFalse();
    }

    /** Rules 3.5, 3.7 and 3.17. */
    @Test
    void whoCancelsHearsNothingMore() throws InterruptedException {
        Recorder recorder = follow();
        recorder.request(Long.MAX_VALUE);
        recorder.request(Long.MAX_VALUE);
        feed.progressed(entry(1, 1));
        assertThat(recorder.next()).isEqualTo("1 at 1");

        recorder.cancel();
        recorder.cancel();
        feed.progressed(entry(1, 2));
        assertThat(recorder.isSilent()).isTrue();
        assertThat(feed.isFollowed()).isFalse();
    }

    /** Rules 1.5 and 1.7. */
    @Test
    void completesWhenItIsClosedAfterWhatWasAskedFor() throws InterruptedException {
        Recorder asking = follow();
        Recorder silent = follow();
        feed.progressed(entry(1, 1));
        asking.request(1);
        assertThat(asking.next()).isEqualTo("1 at 1");

        feed.close();
        assertThat(asking.next()).isEqualTo("completed");
        assertThat(silent.next()).isEqualTo("completed");
        silent.request(1);
        assertThat(silent.isSilent()).isTrue();
    }

    @Test
    void whoComesAfterTheEndIsToldSo() throws InterruptedException {
        feed.close();
        Recorder late = follow();

        assertThat(late.next()).isEqualTo("completed");
    }

    /** Rules 1.9 and 2.13. */
    @Test
    void whoFailsIsLeftAlone() throws InterruptedException {
        Recorder recorder = follow();
        feed.subscribe(new Failing());
        recorder.request(2);
        feed.progressed(entry(1, 1));
        assertThat(recorder.next()).isEqualTo("1 at 1");

        feed.progressed(entry(1, 2));
        assertThat(recorder.next()).isEqualTo("1 at 2");
        assertThatThrownBy(() -> feed.subscribe(nobody())).isInstanceOf(NullPointerException.class);
    }

    @SuppressWarnings("NullAway")
    private static Flow.Subscriber<QueueChange> nobody() {
        return null;
    }

    private Recorder follow() throws InterruptedException {
        Recorder recorder = new Recorder(new CountDownLatch(0));
        feed.subscribe(recorder);
        assertThat(recorder.next()).isEqualTo("subscribed");
        return recorder;
    }

    private static QueueEntry entry(long id, long completed) {
        Download download = new Download(new PullProgress("pulling", null, 1000, completed), 0);
        return new QueueEntry(
                id,
                PullRequest.of(ModelName.parse("m" + id), Requester.named("ann")),
                EntryState.DOWNLOADING,
                NOON,
                NOON,
                Attempts.NONE,
                null,
                download);
    }

    /** Writes down what it hears. */
    private static final class Recorder implements Flow.Subscriber<QueueChange> {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final CountDownLatch mayGoOn;
        private volatile Flow.@Nullable Subscription subscription;

        Recorder(CountDownLatch mayGoOn) {
            this.mayGoOn = mayGoOn;
        }

        String next() throws InterruptedException {
            return String.valueOf(heard.poll(20, TimeUnit.SECONDS));
        }

        boolean isSilent() throws InterruptedException {
            return heard.poll(50, TimeUnit.MILLISECONDS) == null;
        }

        void request(long count) {
            subscription().request(count);
        }

        void cancel() {
            subscription().cancel();
        }

        private Flow.Subscription subscription() {
            return Objects.requireNonNull(subscription, "subscription");
        }

        @Override
        public void onSubscribe(Flow.Subscription mine) {
            subscription = mine;
            heard.add("subscribed");
        }

        @Override
        public void onNext(QueueChange change) {
            try {
                mayGoOn.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            heard.add(change.match(
                    changed ->
                            changed.entry().id() + " " + changed.event().kind().word() + at(changed.entry()),
                    removed -> removed.entry().id() + " removed",
                    progressed -> progressed.entry().id() + at(progressed.entry()),
                    ended -> "shift ended"));
        }

        private static String at(QueueEntry entry) {
            return " at " + entry.downloaded().orElseThrow().progress().completed();
        }

        @Override
        public void onError(Throwable mistake) {
            heard.add("error: " + mistake.getMessage());
        }

        @Override
        public void onComplete() {
            heard.add("completed");
        }
    }

    /** Fails at whatever it hears. */
    private static final class Failing implements Flow.Subscriber<QueueChange> {

        @Override
        public void onSubscribe(Flow.Subscription mine) {
            mine.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(QueueChange change) {
            throw new IllegalStateException("expected nothing");
        }

        @Override
        public void onError(Throwable mistake) {
            throw new IllegalStateException("expected nothing");
        }

        @Override
        public void onComplete() {
            throw new IllegalStateException("expected nothing");
        }
    }
}
