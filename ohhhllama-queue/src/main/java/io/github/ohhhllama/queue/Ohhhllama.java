package io.github.ohhhllama.queue;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.QueueChange;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.RateLimiter;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.queue.internal.disk.DiskReserve;
import io.github.ohhhllama.queue.internal.sqlite.DatabaseLocation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Flow;
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
 *
 * @since 0.1.0
 */
public final class Ohhhllama implements AutoCloseable {

    private final ChangeFeed changes = new ChangeFeed();
    private final Wiring wiring;

    private Ohhhllama(Builder from) {
        wiring = new Wiring(from, changes);
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
        wiring.start();
    }

    /**
     * Takes over from another builder what may change while the queue runs: the schedule, its windows, black-outs and zone,
     * the daily limit, the room that stays free, when a download is not worth waiting for, which models are kept fresh or
     * wanted, who is told what happens, and how long the history is kept. What else the builder was told has no effect.
     * A running download whose window is closed by that goes back to its place with what it has; a window that is opened
     * by it begins at once.
     *
     * <p>Either all of it is in force when this returns, or, if it throws, nothing has changed. Does nothing once the queue
     * is closed.
     *
     * @param settings from {@link #builder(Path)}; never built
     * @throws IllegalArgumentException if the schedule or a window is not valid or never comes
     * @throws QueueStorageException if the database cannot be used at the moment
     */
    public void reconfigure(Builder settings) {
        wiring.reconfigure(Objects.requireNonNull(settings, "settings"));
    }

    /** Returns the queue. */
    public QueueService queue() {
        return wiring.queue();
    }

    /** Returns the client that talks to Ollama. */
    public OllamaClient ollama() {
        return wiring.ollama();
    }

    /**
     * Returns what happens in the queue from now on, in this process: the changes and progress of entries, and the shifts that
     * ended, as {@link QueueListener} hears of them, for any number of subscribers (Reactive Streams). No subscriber holds the queue or another one up: of each entry it gets the latest
     * change that it has not asked for yet, and not those before. {@link #close} completes.
     *
     * @return the changes; signals come in a daemon thread of the subscription's own
     * @since 0.1.0
     */
    public Flow.Publisher<QueueChange> changes() {
        return changes;
    }

    /**
     * Begins no other download, cancels the running one and hands its entry back, with what it has, to whoever opens the
     * database next; {@link Builder#drain} lets it go on for a while first. Then ends all threads and closes the database.
     * Listeners have heard of all that when this returns, and subscribers of {@link #changes} hear of it before they are
     * completed. An interrupt of the calling thread ends the wait, and is kept.
     */
    @Override
    public void close() {
        wiring.close();
        changes.close();
    }

    /** Gathers what an {@link Ohhhllama} needs; everything but the database has a default. Not thread-safe. */
    public static final class Builder {

        final Path database;
        URI backend = URI.create("http://127.0.0.1:11435");
        Duration connectTimeout = Duration.ofSeconds(5);
        String schedule = "0 3 * * *";
        ZoneId zone = ZoneId.systemDefault();
        int rateLimit = 5;
        Duration silence = Duration.ofMinutes(2);
        Duration firstPause = Duration.ofSeconds(30);
        Duration longestPause = Duration.ofMinutes(30);
        Duration drain = Duration.ZERO;
        Clock clock = Clock.systemUTC();
        RandomGenerator random = RandomGenerator.getDefault();
        String windowEnd = "";
        String windows = "";
        String blackouts = "";
        DiskReserve minFree = DiskReserve.parse("2%");
        String refreshModels = "*";
        String pinnedModels = "";
        Duration refreshEvery = Duration.ZERO;
        Webhooks webhooks = Webhooks.NONE;
        Duration cleanup = Duration.ofDays(30);
        StallGuard.Limits stall = new StallGuard.Limits(0, Duration.ofMinutes(10));
        int maxNights;

        /** How often the clock is looked at, without a download and with one; only tests are in a hurry. */
        Duration heartbeat = Duration.ofSeconds(2);

        Duration look = Duration.ofSeconds(1);

        Map<String, String> environment = Map.of();
        final List<QueueListener> listeners = new ArrayList<>();

        @Nullable RateLimiter limiter;

        @Nullable OllamaClient ollama;

        @Nullable Registry registry;

        @Nullable Path blackoutCalendar;

        @Nullable Path modelFolder;

        @Nullable Path wantedFile;

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
         * @throws IllegalArgumentException if it is not
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
         * @throws IllegalArgumentException if it is negative
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
         * Gives the windows that the schedule begins an end; without one they last until nothing is left to try.
         *
         * @param end a length ({@code 4h}, {@code PT4H}) or a local time ({@code 06:00}), on the next day if need be
         */
        public Builder window(String end) {
            windowEnd = Objects.requireNonNull(end, "end");
            return this;
        }

        /**
         * Sets windows by the day of the week, in place of the schedule.
         *
         * @param weekly for instance {@code mon-fri 22:00-06:00; sat,sun 00:00-24:00}; each may end in a zone of its own
         */
        public Builder windows(String weekly) {
            windows = Objects.requireNonNull(weekly, "weekly");
            return this;
        }

        /**
         * Sets dates on which nothing is downloaded, window or not.
         *
         * @param dates for instance {@code 2026-12-24..2026-12-26, 2026-12-31}
         */
        public Builder blackouts(String dates) {
            blackouts = Objects.requireNonNull(dates, "dates");
            return this;
        }

        /**
         * Sets a calendar during whose events nothing is downloaded.
         *
         * @param file an iCalendar file (RFC 5545); read anew when it changes
         */
        public Builder blackoutCalendar(Path file) {
            blackoutCalendar = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Sets who is asked about models before they are queued; by default the registries themselves are.
         *
         * @param own {@link Registry#NONE} to ask nobody; you close it
         */
        public Builder registry(Registry own) {
            registry = Objects.requireNonNull(own, "own");
            return this;
        }

        /**
         * Sets the environment in which {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY} are looked up for
         * questions to registries and for webhooks; empty by default.
         *
         * @param variables names and values, for instance {@link System#getenv()}
         */
        public Builder environment(Map<String, String> variables) {
            environment = Map.copyOf(variables);
            return this;
        }

        /**
         * Sets the folder in which Ollama keeps its models, if it is on this machine: its disk is watched then, and so are
         * downloads that were ended. Nothing is written to it.
         *
         * @param folder what {@code OLLAMA_MODELS} says
         */
        public Builder modelFolder(Path folder) {
            modelFolder = Objects.requireNonNull(folder, "folder");
            return this;
        }

        /**
         * Sets how much of the disk of the models stays free; {@code 2%} by default.
         *
         * @param size a size such as {@code 20GB}, or a percentage
         * @throws IllegalArgumentException if it is neither
         */
        public Builder minFree(String size) {
            minFree = DiskReserve.parse(size);
            return this;
        }

        /**
         * Sets how slow a download may be before it is broken off, to go on later; any rate will do by default.
         *
         * @param minRate the lowest rate in bytes per second, 0 for any
         * @param after for how long the rate has to stay below, longer than 0
         * @throws IllegalArgumentException if the rate is negative, or the time is not longer than 0
         */
        public Builder stall(long minRate, Duration after) {
            stall = new StallGuard.Limits(minRate, positive(after, "after"));
            return this;
        }

        /**
         * Sets in how many nights an entry is tried before it is given up; any number by default.
         *
         * @param nights 0 for any number
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxNights(int nights) {
            if (nights < 0) {
                throw new IllegalArgumentException("nights must be 0 or more, was " + nights);
            }
            maxNights = nights;
            return this;
        }

        /**
         * Keeps the models that are here fresh: when a window begins, they are compared with their registries, and what
         * changed is queued.
         *
         * @param every how often; zero for never
         * @param models which models: names in which {@code *} stands for anything, separated by commas
         * @param pinned which of them stay as they are
         */
        public Builder refresh(Duration every, String models, String pinned) {
            refreshEvery = Objects.requireNonNull(every, "every");
            refreshModels = Objects.requireNonNull(models, "models");
            pinnedModels = Objects.requireNonNull(pinned, "pinned");
            return this;
        }

        /**
         * Sets a list of models to have, looked at when a window begins.
         *
         * @param file a name a line; what follows a {@code #} is a remark
         */
        public Builder wanted(Path file) {
            wantedFile = Objects.requireNonNull(file, "file");
            return this;
        }

        /**
         * Sets who is told when a model is here or is given up, and when a night is over. It is written down with what
         * happened, and sent until it is taken, for three days at most; perhaps twice, with one id.
         *
         * @param receivers who is told what
         */
        public Builder webhooks(Webhooks receivers) {
            webhooks = Objects.requireNonNull(receivers, "receivers");
            return this;
        }

        /**
         * Sets how long the history and ended entries are kept; 30 days by default.
         *
         * @param age longer than 0
         * @throws IllegalArgumentException if it is not
         */
        public Builder cleanup(Duration age) {
            cleanup = positive(age, "age");
            return this;
        }

        /**
         * Adds someone who hears what happens.
         *
         * @param listener called from the queue's threads
         */
        public Builder listener(QueueListener listener) {
            listeners.add(Objects.requireNonNull(listener, "listener"));
            return this;
        }

        /**
         * Sets how long Ollama may be silent during a download, except while it verifies; 120 seconds by default.
         *
         * @param limit longer than 0
         * @throws IllegalArgumentException if it is not
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
         * @throws IllegalArgumentException if one is not longer than 0; the order of the two is judged by {@link #build}
         */
        public Builder pauses(Duration first, Duration longest) {
            firstPause = positive(first, "first");
            longestPause = positive(longest, "longest");
            return this;
        }

        /**
         * Sets for how long {@link Ohhhllama#close} waits for the running download before it cancels it; zero by default.
         *
         * @param patience 0 or longer; real time, whatever the {@link #clock}
         * @throws IllegalArgumentException if it is negative
         * @since 0.1.0
         */
        public Builder drain(Duration patience) {
            if (patience.isNegative()) {
                throw new IllegalArgumentException("patience must be 0 or longer, was " + patience);
            }
            drain = patience;
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

        /** Returns how much room the models have by these settings; opens no database. */
        public DiskStatus disk() {
            return Wiring.disk(this, () -> minFree).status();
        }

        /**
         * Opens the database, migrating it if need be.
         *
         * @throws IllegalArgumentException if the schedule or a window is not valid or never comes, or another setting is
         *     not what it should be
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
