package io.github.ohhhllama.spring;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.util.unit.DataSize;

/**
 * Holds the properties {@code ohhhllama.*}. Immutable. What they may be is judged when the queue is made of them.
 *
 * @param enabled Whether there is a queue at all.
 * @param start Whether it downloads; without, it can be filled and looked at only.
 * @param database SQLite file that keeps the queue, made if it is not there.
 * @param dataSource Name of a DataSource bean that leads to the file in place of "ohhhllama.database".
 * @param backend Where Ollama is: scheme, host and port.
 * @param schedule When the queue starts: five Unix cron fields, "@daily" and its like, or six or seven Quartz fields.
 * @param zone Zone that the schedule's hours and the limit's days are meant in; the system's by default.
 * @param window When a window of the schedule ends: a length such as "4h", or a local time such as "06:00"; without one it
 *     lasts until nothing is left to try.
 * @param windows Windows by the day of the week in place of the schedule: "mon-fri 22:00-06:00; sat,sun 00:00-24:00".
 * @param blackouts Dates on which nothing is downloaded: "2026-12-24..2026-12-26, 2026-12-31".
 * @param blackoutCalendar File in iCalendar's format during whose events nothing is downloaded, read anew when it changes.
 * @param rateLimit How many new models a requester may queue a day, 0 for any number.
 * @param connectTimeout How long a connection to Ollama may take.
 * @param silence How long Ollama may be silent during a download, except while it verifies.
 * @param firstPause Pause after the first failed attempt; it doubles with each further one.
 * @param longestPause Longest pause between two attempts.
 * @param drain How long a running download may go on when the application ends, before it is handed back.
 * @param maxNights In how many nights a model is tried before it is given up, 0 for any number.
 * @param cleanupAfter How long the history and ended entries are kept.
 * @param preflight Whether the registry is asked for a model's size, and whether it exists, when it is queued.
 * @param proxyFromEnvironment Whether HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment count for questions to
 *     registries and for messages.
 * @param wanted File that lists models to have, one a line, looked at when a window begins.
 * @param disk The disk of the models.
 * @param stall When a slow download is broken off, to go on later.
 * @param refresh Which models are kept fresh.
 * @param notices Who is told what happens.
 * @since 0.1.0
 */
@ConfigurationProperties("ohhhllama")
public record OhhhllamaProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean start,
        @DefaultValue("ohhhllama.db") Path database,
        @Nullable String dataSource,
        @DefaultValue("http://127.0.0.1:11435") URI backend,
        @DefaultValue("0 3 * * *") String schedule,
        @Nullable ZoneId zone,
        @DefaultValue("") String window,
        @DefaultValue("") String windows,
        @DefaultValue("") String blackouts,
        @Nullable Path blackoutCalendar,
        @DefaultValue("5") int rateLimit,
        @DefaultValue("5s") Duration connectTimeout,
        @DefaultValue("2m") Duration silence,
        @DefaultValue("30s") Duration firstPause,
        @DefaultValue("30m") Duration longestPause,
        @DefaultValue("0s") Duration drain,
        @DefaultValue("0") int maxNights,
        @DefaultValue("30d") Duration cleanupAfter,
        @DefaultValue("true") boolean preflight,
        @DefaultValue("false") boolean proxyFromEnvironment,
        @Nullable Path wanted,
        @DefaultValue Disk disk,
        @DefaultValue Stall stall,
        @DefaultValue Refresh refresh,
        @Name("notify") @DefaultValue Notify notices) {

    /**
     * Holds {@code ohhhllama.disk.*}.
     *
     * @param path Folder in which Ollama keeps its models, if it is on this machine; without it the disk is not watched.
     * @param minFree How much of that disk stays free: a size such as "20GB" (powers of 1000) or "20GiB" (of 1024), or a
     *     percentage.
     */
    public record Disk(
            @Nullable Path path, @DefaultValue("2%") String minFree) {}

    /**
     * Holds {@code ohhhllama.stall.*}.
     *
     * @param minRate Lowest rate a second, for instance "50KB" (1 KB is 1024 bytes here); 0 for any.
     * @param after For how long the rate has to stay below.
     */
    public record Stall(
            @DefaultValue("0B") DataSize minRate,
            @DefaultValue("10m") Duration after) {}

    /**
     * Holds {@code ohhhllama.refresh.*}.
     *
     * @param every How often the models that are here are compared with their registries, 0 for never.
     * @param models Which of them: names in which "*" stands for anything.
     * @param pinned Which of them stay as they are.
     */
    public record Refresh(
            @DefaultValue("0s") Duration every,
            @DefaultValue("*") List<String> models,
            @DefaultValue List<String> pinned) {

        /** Copies both lists. */
        public Refresh {
            models = List.copyOf(models);
            pinned = List.copyOf(pinned);
        }
    }

    /**
     * Holds {@code ohhhllama.notify.*}.
     *
     * @param urls Who is told: "https://HOST/PATH", or the same after "ntfy+", "gotify+", "slack+", "discord+" or "json+".
     * @param secret What these messages are signed with, after Standard Webhooks 1.0; none by default.
     * @param on What is told: "ready", "failed", "night".
     */
    public record Notify(
            @DefaultValue List<String> urls,
            @DefaultValue("") String secret,
            @DefaultValue({"ready", "failed", "night"}) List<String> on) {

        /** Copies both lists. */
        public Notify {
            urls = List.copyOf(urls);
            on = List.copyOf(on);
        }

        /** Returns what is told; addresses and secret are not to be shown. */
        @Override
        public String toString() {
            return "Notify[on=" + on + ']';
        }
    }
}
