package io.github.ohhhllama.queue;

import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.queue.internal.cron.AlarmClock;
import io.github.ohhhllama.queue.internal.cron.CronSchedule;
import io.github.ohhhllama.queue.internal.ollama.OkHttpOllamaClient;
import io.github.ohhhllama.queue.internal.sqlite.ClaimStore;
import io.github.ohhhllama.queue.internal.sqlite.Database;
import io.github.ohhhllama.queue.internal.sqlite.DatabaseLocation;
import io.github.ohhhllama.queue.internal.sqlite.QueueStore;
import io.github.ohhhllama.queue.internal.sqlite.RunStore;
import io.github.ohhhllama.queue.internal.sqlite.ScheduleMemory;
import io.github.ohhhllama.queue.internal.sqlite.SqliteRateLimiter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Queues model pulls and fetches them when the schedule says so.
 *
 * <pre>{@code
 * try (Ohhhllama ohhhllama = Ohhhllama.builder(Path.of("queue.db")).build()) {
 *     ohhhllama.start();
 *     ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse("llama3"), Requester.named("me")));
 * }
 * }</pre>
 *
 * <p>Thread-safe. Several instances may live in one JVM, and several processes may share one database file: an entry is
 * downloaded once. All its threads are daemons named {@code ohhhllama-*} and end with {@link #close}; OkHttp's own
 * {@code OkHttp TaskRunner}, a daemon that all of its clients in the JVM share, ends a minute later.
 */
public final class Ohhhllama implements AutoCloseable {

    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** Work that was killed goes on within this and one heartbeat. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final Database database;
    private final OllamaClient ollama;
    private final @Nullable OkHttpOllamaClient ownClient;
    private final QueueDrain drain;
    private final AlarmClock alarm;
    private final QueueService queue;

    private Ohhhllama(Builder from) {
        CronSchedule schedule = CronSchedule.parse(from.schedule, from.zone);
        if (schedule.next(from.clock.instant()).equals(CronSchedule.NEVER)) {
            throw new IllegalArgumentException(
                    "schedule \"" + from.schedule + "\" lies in the past, it never fires again");
        }
        database = Database.open(from.database, from.clock);
        ownClient = from.ollama == null ? new OkHttpOllamaClient(from.backend, from.connectTimeout, from.clock) : null;
        ollama = ownClient == null ? Objects.requireNonNull(from.ollama) : ownClient;
        QueueStore store = new QueueStore(database, from.clock, () -> schedule.next(from.clock.instant()));
        RateLimiter limiter = from.limiter != null
                ? from.limiter
                : new SqliteRateLimiter(database, from.rateLimit, from.clock, from.zone);
        RunStore runs = new RunStore(database, from.clock);
        drain = new QueueDrain(
                new ClaimStore(database, from.clock, UUID.randomUUID().toString(), LEASE),
                runs,
                ollama,
                new StartRule(runs, new ScheduleMemory(database, from.clock), schedule, from.clock),
                new Verdict(new Backoff(from.firstPause, from.longestPause, from.random::nextDouble)),
                from.silence,
                from.clock);
        alarm = new AlarmClock(schedule, HEARTBEAT, drain::wake);
        queue = new DefaultQueueService(database, store, runs, limiter, schedule, drain, from.clock);
    }

    /**
     * Returns a builder.
     *
     * @param database the SQLite file that keeps the queue; made if it is not there
     */
    public static Builder builder(Path database) {
        return new Builder(database);
    }

    /**
     * Returns a builder for the SQLite file behind a data source. The file is for the queue alone, and the queue opens
     * connections of its own to it, with settings of its own; the one that is borrowed to find it is given back at once.
     *
     * @param database leads to a SQLite file
     * @throws IllegalArgumentException if it leads to another kind of database, or to one in memory
     * @throws QueueStorageException if it gives no connection
     */
    public static Builder builder(DataSource database) {
        return new Builder(DatabaseLocation.of(database));
    }

    /** Starts the schedule, and goes on at once with what an earlier process left unfinished. */
    public void start() {
        drain.start();
        alarm.start();
        drain.wake();
    }

    /** Returns the queue. */
    public QueueService queue() {
        return queue;
    }

    /** Returns the client that talks to Ollama. */
    public OllamaClient ollama() {
        return ollama;
    }

    /** Cancels the running download, hands its entry back, ends all threads and closes the database. */
    @Override
    public void close() {
        alarm.close();
        drain.close();
        if (ownClient != null) {
            ownClient.close();
        }
        database.close();
    }

    /** Gathers what an {@link Ohhhllama} needs; everything but the database has a default. Not thread-safe. */
    public static final class Builder {

        private final Path database;
        private URI backend = URI.create("http://127.0.0.1:11435");
        private Duration connectTimeout = Duration.ofSeconds(5);
        private String schedule = "0 3 * * *";
        private ZoneId zone = ZoneId.systemDefault();
        private int rateLimit = 5;
        private Duration silence = Duration.ofMinutes(2);
        private Duration firstPause = Duration.ofSeconds(30);
        private Duration longestPause = Duration.ofMinutes(30);
        private Clock clock = Clock.systemUTC();
        private RandomGenerator random = RandomGenerator.getDefault();
        private @Nullable RateLimiter limiter;
        private @Nullable OllamaClient ollama;

        private Builder(Path database) {
            this.database = Objects.requireNonNull(database, "database");
        }

        /**
         * Sets where Ollama is; {@code http://127.0.0.1:11435} by default.
         *
         * @param uri scheme, host and port
         */
        public Builder backend(URI uri) {
            backend = Objects.requireNonNull(uri, "uri");
            return this;
        }

        /**
         * Sets how long a connection to Ollama may take; 5 seconds by default.
         *
         * @param timeout longer than 0
         */
        public Builder connectTimeout(Duration timeout) {
            connectTimeout = positive(timeout, "timeout");
            return this;
        }

        /**
         * Sets when the queue starts; {@code 0 3 * * *} by default.
         *
         * @param expression five Unix cron fields, {@code @daily} and its like, or six or seven Quartz fields
         */
        public Builder schedule(String expression) {
            schedule = Objects.requireNonNull(expression, "expression");
            return this;
        }

        /**
         * Sets the zone that the schedule's hours and the limit's days are meant in; the system's by default.
         *
         * @param id the zone
         */
        public Builder zone(ZoneId id) {
            zone = Objects.requireNonNull(id, "id");
            return this;
        }

        /**
         * Sets how many new models a requester may queue a day; 5 by default.
         *
         * @param models 0 for any number
         */
        public Builder rateLimit(int models) {
            if (models < 0) {
                throw new IllegalArgumentException("models must be 0 or more, was " + models);
            }
            rateLimit = models;
            return this;
        }

        /**
         * Sets a limiter of your own in place of the daily limit.
         *
         * @param own called inside the transaction that stores an entry
         */
        public Builder rateLimiter(RateLimiter own) {
            limiter = Objects.requireNonNull(own, "own");
            return this;
        }

        /**
         * Sets a client of your own in place of the one that talks to {@link #backend}; you close it.
         *
         * @param own thread-safe
         */
        public Builder ollama(OllamaClient own) {
            ollama = Objects.requireNonNull(own, "own");
            return this;
        }

        /**
         * Sets how long Ollama may be silent during a download, except while it verifies; 120 seconds by default.
         *
         * @param limit longer than 0
         */
        public Builder silence(Duration limit) {
            silence = positive(limit, "limit");
            return this;
        }

        /**
         * Sets the pauses between attempts: they double from the first to the longest, less a random part of up to half;
         * 30 seconds and 30 minutes by default.
         *
         * @param first longer than 0
         * @param longest not shorter than the first
         */
        public Builder pauses(Duration first, Duration longest) {
            firstPause = positive(first, "first");
            longestPause = positive(longest, "longest");
            return this;
        }

        /**
         * Sets the clock; the system's by default.
         *
         * @param own for tests
         */
        public Builder clock(Clock own) {
            clock = Objects.requireNonNull(own, "own");
            return this;
        }

        /**
         * Sets the source of chance for the pauses.
         *
         * @param own for tests
         */
        public Builder random(RandomGenerator own) {
            random = Objects.requireNonNull(own, "own");
            return this;
        }

        /**
         * Opens the database, migrating it if need be.
         *
         * @throws IllegalArgumentException if the schedule is not valid or never fires
         * @throws QueueStorageException if the file is not a database, comes from a newer version, or cannot be opened
         */
        public Ohhhllama build() {
            return new Ohhhllama(this);
        }

        private static Duration positive(Duration duration, String name) {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(name + " must be longer than 0, was " + duration);
            }
            return duration;
        }
    }
}
