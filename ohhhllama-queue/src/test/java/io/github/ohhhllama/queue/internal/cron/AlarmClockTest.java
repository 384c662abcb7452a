package io.github.ohhhllama.queue.internal.cron;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.impl.SchedulerRepository;

final class AlarmClockTest {

    private static final CronSchedule EVERY_SECOND = CronSchedule.parse("* * * * * ?", ZoneOffset.UTC);
    private static final CronSchedule NEW_YEAR = CronSchedule.parse("@yearly", ZoneOffset.UTC);
    private static final Duration QUICK = Duration.ofMillis(1);
    private static final Duration RARE = Duration.ofDays(1);
    private static final long PATIENCE = 20;

    @Test
    void callsAtOnceWhenItStarts() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(1);
        try (AlarmClock alarm = new AlarmClock(NEW_YEAR, RARE, called::countDown)) {
            alarm.start();

            assertThat(called.await(PATIENCE, SECONDS)).isTrue();
        }
    }

    @Test
    void callsOnEveryHeartbeat() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(5);
        try (AlarmClock alarm = new AlarmClock(NEW_YEAR, QUICK, called::countDown)) {
            alarm.start();

            assertThat(called.await(PATIENCE, SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "UTC+02:00", "-03:30", "Z"})
    void callsWhenTheScheduleFires(String zone) throws InterruptedException {
        CountDownLatch called = new CountDownLatch(2);
        CronSchedule schedule = CronSchedule.parse("* * * * * ?", ZoneId.of(zone));
        try (AlarmClock alarm = new AlarmClock(schedule, RARE, called::countDown)) {
            alarm.start();

            assertThat(called.await(PATIENCE, SECONDS)).isTrue();
        }
    }

    @Test
    void startsWithAScheduleWhoseLastYearIsOver() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(2);
        CronSchedule over = CronSchedule.parse("0 0 3 * * ? 2020", ZoneOffset.UTC);
        try (AlarmClock alarm = new AlarmClock(over, QUICK, called::countDown)) {
            alarm.start();

            assertThat(called.await(PATIENCE, SECONDS)).isTrue();
        }
    }

    @Test
    void goesOnAfterACallThatFailed() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(3);
        Runnable failing = () -> {
            called.countDown();
            if (called.getCount() == 1) {
                throw new AssertionError("the second call fails even worse");
            }
            throw new IllegalStateException("this call fails");
        };
        try (AlarmClock alarm = new AlarmClock(NEW_YEAR, QUICK, failing)) {
            alarm.start();

            assertThat(called.await(PATIENCE, SECONDS)).isTrue();
        }
    }

    @Test
    void callsOneAtATimeOnOneDaemonThread() throws InterruptedException {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        CountDownLatch called = new CountDownLatch(200);
        Runnable wake = () -> {
            boolean alone = running.incrementAndGet() == 1;
            boolean ours = Thread.currentThread().isDaemon()
                    && Thread.currentThread().getName().equals("ohhhllama-alarm");
            if (!alone || !ours) {
                together.incrementAndGet();
            }
            called.countDown();
            running.decrementAndGet();
        };
        try (AlarmClock alarm = new AlarmClock(EVERY_SECOND, QUICK, wake)) {
            alarm.start();

            assertThat(called.await(PATIENCE, SECONDS)).isTrue();
            assertThat(together).hasValue(0);
        }
    }

    @Test
    void closeWaitsForTheCallThatIsUnderWay() throws InterruptedException {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch closing = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        AlarmClock alarm = new AlarmClock(NEW_YEAR, RARE, () -> {
            inside.countDown();
            awaitQuietly(closing);
            finished.incrementAndGet();
        });
        alarm.start();
        assertThat(inside.await(PATIENCE, SECONDS)).isTrue();

        Thread closer = new Thread(alarm::close);
        closer.start();
        await().until(() -> closer.getState() == Thread.State.TIMED_WAITING);
        closing.countDown();
        closer.join(SECONDS.toMillis(PATIENCE));

        assertThat(finished).hasValue(1);
    }

    @Test
    void severalLiveSideBySideAndLeaveNothingBehind() throws InterruptedException {
        CountDownLatch called = new CountDownLatch(6);
        List<AlarmClock> alarms = Stream.generate(() -> new AlarmClock(EVERY_SECOND, RARE, called::countDown))
                .limit(3)
                .toList();

        alarms.forEach(AlarmClock::start);
        assertThat(called.await(PATIENCE, SECONDS)).isTrue();
        assertThat(SchedulerRepository.getInstance().lookupAll()).hasSize(3);
        assertThat(ourThreads()).isNotEmpty().allMatch(Thread::isDaemon);
        alarms.forEach(AlarmClock::close);

        assertThat(SchedulerRepository.getInstance().lookupAll()).isEmpty();
        await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
    }

    @Test
    void startsOnceAndNotAfterTheEnd() {
        AlarmClock alarm = new AlarmClock(NEW_YEAR, RARE, () -> {});
        alarm.start();

        assertThatIllegalStateException().isThrownBy(alarm::start);
        alarm.close();
        alarm.close();
        assertThatIllegalStateException().isThrownBy(alarm::start);
    }

    @Test
    void mayBeClosedWithoutEverRinging() {
        AlarmClock alarm = new AlarmClock(NEW_YEAR, RARE, () -> {});

        alarm.close();

        assertThatIllegalStateException().isThrownBy(alarm::start);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S"})
    void refusesAHeartbeatThatDoesNotBeat(Duration heartbeat) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlarmClock(NEW_YEAR, heartbeat, () -> {}))
                .withMessage("heartbeat must be longer than zero, was " + heartbeat);
    }

    private static List<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ohhhllama-alarm")
                        || thread.getName().startsWith("ohhhllama-quartz"))
                .toList();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(PATIENCE, SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
