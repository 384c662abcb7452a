package io.github.ohhhllama.proxy.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class OrderlyStopTest {

    private final List<String> log = new CopyOnWriteArrayList<>();

    @Test
    void endsTheLastFirstAfterTheAnnouncementsAndGoesOnAfterAFailure() {
        OrderlyStop stop = stop(Duration.ofMinutes(1));
        stop.add(() -> log.add("first"));
        stop.add(() -> {
            throw new IllegalStateException("broken");
        });
        stop.add(() -> log.add("last"));
        stop.announce(() -> log.add("announced"));
        stop.run();
        stop.run();

        assertThat(log)
                .containsExactly(
                        "announced",
                        "last",
                        "A step of the orderly stop failed: java.lang.IllegalStateException: broken",
                        "first");
    }

    @Test
    void furtherCallsWaitForTheFirst() throws InterruptedException {
        OrderlyStop stop = stop(Duration.ofMinutes(1));
        CountDownLatch inStep = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        stop.add(() -> {
            inStep.countDown();
            try {
                goOn.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            log.add("ended");
        });
        Thread first = new Thread(stop);
        first.start();
        inStep.await();
        Thread second = new Thread(() -> {
            stop.run();
            log.add("the second returns");
        });
        second.start();
        await().until(() ->
                Set.of(Thread.State.TIMED_WAITING, Thread.State.TERMINATED).contains(second.getState()));
        goOn.countDown();
        first.join();
        second.join();

        assertThat(log).containsExactly("ended", "the second returns");
    }

    @Test
    void whatStartsTooLateIsEndedAtOnce() {
        OrderlyStop stop = stop(Duration.ofMinutes(1));
        stop.run();
        stop.add(() -> log.add("late"));

        assertThat(log).containsExactly("late");
    }

    @Test
    void aStepThatTakesTooLongIsNotWaitedFor() {
        OrderlyStop stop = stop(Duration.ofMillis(50));
        CountDownLatch never = new CountDownLatch(1);
        stop.add(() -> {
            try {
                never.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        stop.run();

        assertThat(log).containsExactly("The orderly stop took longer than 0 s and was broken off.", "emergency");
        never.countDown();
    }

    private OrderlyStop stop(Duration patience) {
        return new OrderlyStop(patience, log::add, () -> log.add("emergency"));
    }
}
