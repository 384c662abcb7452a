package io.github.ohhhllama.queue;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.queue.internal.cron.AlarmClock;
import io.github.ohhhllama.queue.internal.disk.DiskReserve;
import io.github.ohhhllama.queue.internal.disk.ModelStore;
import io.github.ohhhllama.queue.internal.notify.Messenger;
import io.github.ohhhllama.queue.internal.ollama.OkHttpOllamaClient;
import io.github.ohhhllama.queue.internal.registry.Footprints;
import io.github.ohhhllama.queue.internal.registry.HttpRegistry;
import io.github.ohhhllama.queue.internal.registry.RegistryLimits;
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
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts of an {@link Ohhhllama} together, and takes them down in the opposite order. */
final class Wiring implements AutoCloseable {

    /** Work that was killed goes on within this and one heartbeat. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    /** Longer than a receiver may take. */
    private static final Duration NOTICE_LEASE = Courier.BUDGET.multipliedBy(3);

    private static final Duration BETWEEN_CALENDAR_LOOKS = Duration.ofSeconds(10);
    private static final Duration FIRST_NOTICE_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_NOTICE_PAUSE = Duration.ofHours(1);
    private static final Duration BETWEEN_SURVEYS = Duration.ofMinutes(1);
    private static final Duration BETWEEN_CLEANUPS = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

    private final Ohhhllama.Builder from;
    private final Clock clock;
    private volatile Rules rules;
    private final List<AutoCloseable> own = new ArrayList<>();
    private final OllamaClient ollama;
    private final Errands errands = new Errands();
    private final Stores stores;
    private final Listeners listeners;
    private final Preflight preflight;
    private final Stillness stillness;
    private final RunBook runs;
    private final QueueDrain drain;
    private final Courier courier;
    private final CurrentShifts shifts;
    private final NightPlanner planner;
    private final QueueService queue;

    // Guarded by this.
    private AlarmClock alarm;
    private boolean started;
    private boolean closed;

    Wiring(Ohhhllama.Builder from, ChangeFeed changes) {
        this.from = from;
        clock = from.clock;
        rules = Rules.of(from, clock.instant());
        ModelStore disk = disk(from, () -> rules.minFree());
        // Whatever may be wrong with what was asked for is found before anything is opened.
        Backoff backoff = new Backoff(from.firstPause, from.longestPause, from.random::nextDouble);
        ollama = client();
        Registry registry = registry();
        stores = stores();
        listeners = new Listeners(from.listeners, changes, stores.queue()::find, clock);
        runs = new RunBook(stores.runs(), stores.fetches(), listeners, clock);
        shifts = new CurrentShifts(runs, schedule().shifts(runs, stores.memory(), clock));
        preflight = new Preflight(registry, ollama, new Footprints(ollama));
        stillness = new Stillness(ollama, disk, errands, clock);
        drain = drain(disk, backoff);
        courier = courier();
        alarm = schedule().alarm(from.heartbeat, drain::wake);
        FrontDesk desk = new FrontDesk(stores.queue(), preflight, disk, listeners);
        FreshModels fresh = fresh(registry, new NightOrders(desk));
        Standing standing = new Standing(this::schedule, runs, shifts, stores.holds(), stillness, clock);
        planner = new NightPlanner(stores, standing, shifts, disk, clock);
        queue = new DefaultQueueService(
                stores,
                desk,
                limiter(),
                standing,
                planner,
                fresh,
                disk,
                listeners,
                new DefaultQueueService.Runs(runs, shifts, drain));
    }

    QueueService queue() {
        return queue;
    }

    OllamaClient ollama() {
        return ollama;
    }

    synchronized void start() {
        courier.start(from.heartbeat);
        drain.start();
        alarm.start();
        started = true;
        errands.every(BETWEEN_CALENDAR_LOOKS, () -> schedule().refresh());
        errands.every(BETWEEN_SURVEYS, new SizeSurvey(stores.footprints(), stores.queue(), preflight, listeners));
        errands.every(
                BETWEEN_CLEANUPS,
                () -> stores.housekeeping()
                        .forget(clock.instant().minus(rules.upkeep().cleanup())));
        drain.wake();
    }

    /**
     * Puts other rules in force, all of them or, if one is wrong, none; does nothing once this is closed.
     *
     * @param settings holds them
     * @throws IllegalArgumentException if the schedule or a window is not valid or never comes
     */
    synchronized void reconfigure(Ohhhllama.Builder settings) {
        Rules next = Rules.of(settings, clock.instant());
        if (closed) {
            return;
        }
        AlarmClock before = alarm;
        AlarmClock after = next.schedule().alarm(from.heartbeat, drain::wake);
        shifts.replace(next.schedule().shifts(runs, stores.memory(), clock));
        rules = next;
        alarm = after;
        if (started) {
            after.start();
        }
        before.close();
        planner.forget();
        drain.wake();
    }

    @Override
    public synchronized void close() {
        closed = true;
        alarm.close();
        errands.close();
        drain.close(from.drain);
        listeners.close();
        courier.close();
        own.forEach(Wiring::close);
        stores.database().close();
    }

    private Schedule schedule() {
        return rules.schedule();
    }

    static ModelStore disk(Ohhhllama.Builder from, Supplier<DiskReserve> minFree) {
        return from.modelFolder == null
                ? ModelStore.elsewhere("The folder of the models is not known, so its disk is not watched.")
                : ModelStore.at(from.modelFolder, minFree);
    }

    private OllamaClient client() {
        return from.ollama != null
                ? from.ollama
                : owned(new OkHttpOllamaClient(from.backend, from.connectTimeout, clock));
    }

    private Registry registry() {
        return from.registry != null
                ? from.registry
                : owned(new HttpRegistry(
                        RegistryLimits.DEFAULT, from.environment, new AgentName(ollama, clock), clock));
    }

    private RateLimiter limiter() {
        return from.limiter != null ? from.limiter : new DailyLimit(stores.database(), () -> rules, clock);
    }

    private Stores stores() {
        Database database = Database.open(from.database, clock);
        return new Stores(
                database,
                new QueueStore(database, clock, () -> schedule().nextStart(clock.instant())),
                new FootprintStore(database),
                new ClaimStore(database, clock, UUID.randomUUID().toString(), LEASE),
                new RunStore(database, clock),
                new FetchStore(database),
                new PaceStore(database),
                new HoldStore(database, clock),
                new ScheduleMemory(database, clock),
                new RefreshMemory(database),
                new NoticeStore(database, clock, NOTICE_LEASE),
                new Housekeeping(database));
    }

    private QueueDrain drain(ModelStore disk, Backoff backoff) {
        Permission permission = new Permission(stores.holds(), runs, shifts, () -> rules.zone(), clock);
        Fulfilment fulfilment = new Fulfilment(
                ollama,
                new Ledger(stores.claims(), stores.fetches(), stores.pace(), listeners),
                permission,
                disk,
                stillness,
                new Verdict(backoff, () -> rules.effort().maxNights()),
                () -> rules.effort().limits(),
                clock);
        return new QueueDrain(stores.claims(), runs, shifts, permission, disk, stillness, fulfilment);
    }

    private Courier courier() {
        return new Courier(
                stores.notices(),
                () -> rules.webhooks(),
                new NoticeWording(stores.fetches(), () -> rules.zone())::of,
                new Messenger(from.environment, Courier.BUDGET, clock),
                new Backoff(FIRST_NOTICE_PAUSE, LONGEST_NOTICE_PAUSE, from.random::nextDouble),
                clock);
    }

    private FreshModels fresh(Registry registry, NightOrders orders) {
        FreshModels fresh = new FreshModels(
                ollama,
                registry,
                stores.queue()::wasInsecure,
                orders,
                stores.refreshes(),
                errands,
                () -> rules.upkeep().freshness(),
                from.random::nextDouble,
                clock);
        listeners.whenShiftBegins(() -> errands.execute(fresh::refresh));
        WantedModels wanted = new WantedModels(ollama, orders);
        listeners.whenShiftBegins(() -> {
            Path file = rules.upkeep().wanted();
            if (file != null) {
                errands.execute(() -> wanted.reconcile(file));
            }
        });
        return fresh;
    }

    private <T extends AutoCloseable> T owned(T part) {
        own.add(part);
        return part;
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failure) {
            LOG.warn("{} could not be closed", part, failure);
        }
    }
}
