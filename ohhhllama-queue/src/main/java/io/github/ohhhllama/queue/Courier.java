package io.github.ohhhllama.queue;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.queue.internal.notify.Delivery;
import io.github.ohhhllama.queue.internal.notify.Message;
import io.github.ohhhllama.queue.internal.notify.Messenger;
import io.github.ohhhllama.queue.internal.sqlite.Notice;
import io.github.ohhhllama.queue.internal.sqlite.NoticeStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people what happened, as it stands in the database, until they have taken it: at least once, whatever process dies
 * when. On a thread of its own, {@code ohhhllama-notify}, so that a receiver that is slow holds up nothing but messages.
 */
final class Courier implements AutoCloseable {

    /** How long a receiver may take. */
    static final Duration BUDGET = Duration.ofSeconds(10);

    /** What nobody took by then is no news any more. */
    private static final Duration PATIENCE = Duration.ofDays(3);

    private static final Duration PARTING = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

    private final NoticeStore notices;
    private final Supplier<Webhooks> webhooks;
    private final Function<Notice, Message> wording;
    private final Messenger messenger;
    private final Backoff backoff;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, new Daemons("ohhhllama-notify"), new ThreadPoolExecutor.DiscardPolicy());
    private volatile boolean closing;

    /** Whom the database knows; used by the thread only. */
    private @Nullable Webhooks known;

    Courier(
            NoticeStore notices,
            Supplier<Webhooks> webhooks,
            Function<Notice, Message> wording,
            Messenger messenger,
            Backoff backoff,
            Clock clock) {
        this.notices = notices;
        this.webhooks = webhooks;
        this.wording = wording;
        this.messenger = messenger;
        this.backoff = backoff;
        this.clock = clock;
    }

    /**
     * Starts the thread.
     *
     * @param pause how long to rest between two looks at the database
     */
    void start(Duration pause) {
        Future<?> unused = thread.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Breaks off what is being sent, which is sent again by whoever comes next. */
    @Override
    public void close() {
        closing = true;
        thread.shutdown();
        messenger.close();
        try {
            if (!thread.awaitTermination(PARTING.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            Webhooks now = webhooks.get();
            if (now != known) {
                notices.setTargets(now.kinds());
                known = now;
            }
            while (!closing && !now.kinds().isEmpty() && tellOne(now)) {
                // The next one.
            }
        } catch (QueueStorageException trouble) {
            LOG.debug("nobody can be told anything: {}", trouble.getMessage());
        } catch (RuntimeException | Error unplanned) {
            LOG.error("telling people met something nobody planned, and goes on", unplanned);
        }
    }

    private boolean tellOne(Webhooks now) {
        Optional<Notice> claimed = notices.claim(now.kinds().keySet());
        claimed.ifPresent(notice -> tell(now, notice));
        return claimed.isPresent();
    }

    private void tell(Webhooks now, Notice notice) {
        Message message = wording.apply(notice);
        String address = now.address(notice.target());
        Delivery delivery = now.send(messenger, notice.target(), message);
        if (delivery instanceof Delivery.Taken) {
            notices.told(notice);
            LOG.debug("{} was told: {}", address, message.title());
        } else if (delivery instanceof Delivery.Refused) {
            giveUp(notice, address, message, delivery.words());
        } else if (closing) {
            notices.putOff(notice, clock.instant());
        } else if (delivery instanceof Delivery.Postponed postponed) {
            putOff(notice, address, message, postponed);
        }
    }

    private void putOff(Notice notice, String address, Message message, Delivery.Postponed why) {
        Duration pause = backoff.pause(notice.attempts(), why.retryAfter());
        Instant again = clock.instant().plus(pause);
        if (again.isAfter(notice.event().at().plus(PATIENCE))) {
            giveUp(notice, address, message, why.words());
            return;
        }
        notices.putOff(notice, again);
        LOG.warn("{} was not told \"{}\", again in {} s: {}", address, message.title(), pause.toSeconds(), why.words());
    }

    private void giveUp(Notice notice, String address, Message message, String why) {
        int all = notices.giveUp(notice);
        LOG.warn(
                "{} will not be told \"{}\" ({} messages were given up so far): {}",
                address,
                message.title(),
                all,
                why);
    }
}
