package io.github.ohhhllama.proxy.internal.settings;

import io.github.ohhhllama.proxy.Access;
import io.github.ohhhllama.proxy.PullReply;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * Holds everything a proxy can be told, checked; it comes from no environment by itself. Immutable, with all its parts.
 *
 * @param listen where clients reach the proxy
 * @param backend where Ollama is
 * @param access who is let in, and which registries are
 * @param pullReply how a queued pull is answered when the client has no wish of its own
 * @param metrics whether there are metrics to read
 * @param queue where the queue is kept, and when it runs
 */
public record ProxySettings(
        Listen listen, Backend backend, Access access, PullReply pullReply, boolean metrics, QueueSettings queue) {

    private static final int HIGHEST_PORT = 65535;

    /** Checks that every part is there. */
    public ProxySettings {
        Objects.requireNonNull(listen, "listen");
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(access, "access");
        Objects.requireNonNull(pullReply, "pullReply");
        Objects.requireNonNull(queue, "queue");
    }

    /**
     * Says where clients reach the proxy.
     *
     * @param host a host name or an IP address without brackets; {@code 0.0.0.0} or {@code ::} for every address
     * @param port the TCP port, 0 for any free one
     */
    public record Listen(String host, int port) {

        /**
         * Checks that there is a host, and the range of the port.
         *
         * @throws IllegalArgumentException if the host is blank or in brackets, or the port is not 0 to 65535
         */
        public Listen {
            requireHost(host);
            if (port < 0 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException("port must be 0 to " + HIGHEST_PORT + ", was " + port);
            }
        }
    }

    /**
     * Says where Ollama is; it is spoken to over plain HTTP.
     *
     * @param host a host name or an IP address without brackets
     * @param port the TCP port
     * @param connectTimeout how long a connection may take, longer than 0
     */
    public record Backend(String host, int port, Duration connectTimeout) {

        /**
         * Checks that there is a host, and the ranges of port and time.
         *
         * @throws IllegalArgumentException if the host is blank or in brackets, the port is not 1 to 65535, or the time
         *     is not longer than 0
         */
        public Backend {
            requireHost(host);
            if (port < 1 || port > HIGHEST_PORT) {
                throw new IllegalArgumentException("port must be 1 to " + HIGHEST_PORT + ", was " + port);
            }
            requirePositive(connectTimeout, "connectTimeout");
        }

        /** Returns {@code host:port}, with an IPv6 address in brackets, as it stands in a URI and a Host header. */
        public String authority() {
            return (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
        }

        /** Returns {@code http://host:port}; its {@link URI#getHost()} is null for a name with an underscore. */
        public URI uri() {
            return URI.create("http://" + authority());
        }
    }

    /**
     * Says where the queue is kept, and when it runs.
     *
     * @param database the SQLite file
     * @param rateLimit how many new models a client may queue a day, 0 for any number
     * @param schedule when the queue starts, a cron expression
     * @param zone the zone in which the hours of the schedule and the days of the limit are meant
     * @param stallTimeout how long a download may be silent, longer than 0
     * @param night how the nights are used
     * @param notices who is told what happens
     */
    public record QueueSettings(
            Path database,
            int rateLimit,
            String schedule,
            ZoneId zone,
            Duration stallTimeout,
            NightSettings night,
            Notify notices) {

        /**
         * Checks that everything is there, and both numbers.
         *
         * @throws IllegalArgumentException if {@code rateLimit} is negative, {@code schedule} is blank, or {@code
         *     stallTimeout} is not longer than 0
         */
        public QueueSettings {
            Objects.requireNonNull(database, "database");
            Objects.requireNonNull(zone, "zone");
            Objects.requireNonNull(night, "night");
            Objects.requireNonNull(notices, "notices");
            if (rateLimit < 0) {
                throw new IllegalArgumentException("rateLimit must be 0 or more, was " + rateLimit);
            }
            if (schedule.isBlank()) {
                throw new IllegalArgumentException("schedule must not be blank, was \"" + schedule + '"');
            }
            requirePositive(stallTimeout, "stallTimeout");
        }
    }

    /**
     * Says how the nights are used.
     *
     * @param hours when downloads stop
     * @param disk where the models are, and how much is to stay free there
     * @param patience when a download is not worth waiting for
     * @param fresh which models are kept fresh
     * @param preflight whether registries are asked for a model's size when it is queued
     * @param cleanupDays how many days the history and ended entries are kept, at least 1
     */
    public record NightSettings(
            Hours hours, Disk disk, Patience patience, Fresh fresh, boolean preflight, int cleanupDays) {

        /**
         * Checks that all parts are there, and the days.
         *
         * @throws IllegalArgumentException if {@code cleanupDays} is less than 1
         */
        public NightSettings {
            Objects.requireNonNull(hours, "hours");
            Objects.requireNonNull(disk, "disk");
            Objects.requireNonNull(patience, "patience");
            Objects.requireNonNull(fresh, "fresh");
            if (cleanupDays < 1) {
                throw new IllegalArgumentException("cleanupDays must be at least 1, was " + cleanupDays);
            }
        }
    }

    /**
     * Says when downloads stop.
     *
     * @param end what ends a window that the schedule begins: a length or a local time; empty for none
     * @param windows windows by the day of the week, in place of the schedule; empty for none
     * @param blackouts dates on which nothing is downloaded; empty for none
     * @param calendar an iCalendar file during whose events nothing is downloaded
     */
    public record Hours(String end, String windows, String blackouts, Optional<Path> calendar) {}

    /**
     * Says where the models are.
     *
     * @param models the folder, or empty to find it out
     * @param minFree how much is to stay free: a size, or a percentage
     */
    public record Disk(Optional<Path> models, String minFree) {}

    /**
     * Says when a download is not worth waiting for.
     *
     * @param minRate the lowest rate in bytes per second, 0 for any
     * @param after for how long the rate has to stay below, longer than 0
     * @param maxNights in how many nights an entry is tried, 0 for any number
     */
    public record Patience(long minRate, Duration after, int maxNights) {

        /**
         * Checks that no number is negative, and the time.
         *
         * @throws IllegalArgumentException if a number is negative, or {@code after} is not longer than 0
         */
        public Patience {
            if (minRate < 0 || maxNights < 0) {
                throw new IllegalArgumentException(
                        "minRate and maxNights must be 0 or more, were " + minRate + " and " + maxNights);
            }
            requirePositive(after, "after");
        }
    }

    /**
     * Says which models are kept fresh.
     *
     * @param every how often they are compared with their registries, zero for never
     * @param models which of them: names in which {@code *} stands for anything
     * @param pinned which of them stay as they are
     * @param wanted a file that lists models to have
     */
    public record Fresh(Duration every, String models, String pinned, Optional<Path> wanted) {}

    /**
     * Says who is told what happens.
     *
     * @param urls addresses, separated by commas or spaces, each perhaps with its form before it; empty for nobody
     * @param secret what messages are signed with, empty for no signature
     * @param on what is told: {@code ready}, {@code failed}, {@code night}, separated by commas
     */
    public record Notify(String urls, String secret, String on) {

        /** Returns what is told; addresses and secret are not to be shown. */
        @Override
        public String toString() {
            return "Notify[on=" + on + ']';
        }
    }

    private static void requireHost(String host) {
        if (host.isBlank() || host.startsWith("[")) {
            throw new IllegalArgumentException(
                    "host must be a name or an address without brackets, was \"" + host + '"');
        }
    }

    private static void requirePositive(Duration duration, String name) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be longer than 0, was " + duration);
        }
    }
}
