package io.github.ohhhllama.spring;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Holds the properties {@code ohhhllama.*}. Immutable.
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
        @DefaultValue("30m") Duration longestPause) {}
