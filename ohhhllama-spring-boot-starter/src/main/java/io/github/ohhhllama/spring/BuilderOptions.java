package io.github.ohhhllama.spring;

import io.github.ohhhllama.Registry;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.queue.Schedule;
import io.github.ohhhllama.queue.Webhooks;
import io.github.ohhhllama.spring.OhhhllamaProperties.Notify;
import io.github.ohhhllama.spring.OhhhllamaProperties.Refresh;
import io.github.ohhhllama.spring.OhhhllamaProperties.Stall;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Hands the properties to a builder, each by itself, so that what is refused can be named: Spring Boot's report of a failed
 * start shows such a property with its value, the file it stands in, and the reason.
 */
final class BuilderOptions {

    private static final String PREFIX = "ohhhllama.";

    private final Ohhhllama.Builder builder;
    private final OhhhllamaProperties given;

    private BuilderOptions(Ohhhllama.Builder builder, OhhhllamaProperties given) {
        this.builder = builder;
        this.given = given;
    }

    /**
     * Sets all that properties can set, but for where the queue is kept.
     *
     * @param builder set by this
     * @param given the properties
     * @throws InvalidConfigurationPropertyValueException if one is not what it should be
     * @throws IllegalArgumentException if it is one whose value is not to be shown
     */
    static void set(Ohhhllama.Builder builder, OhhhllamaProperties given) {
        BuilderOptions options = new BuilderOptions(builder, given);
        options.setOllama();
        options.setHours();
        options.setPatience();
        options.setModels();
        options.setNotices();
    }

    private void setOllama() {
        set("backend", given.backend(), this::backend);
        set("connect-timeout", given.connectTimeout(), builder::connectTimeout);
        set("silence", given.silence(), builder::silence);
        set("disk.path", given.disk().path(), builder::modelFolder);
        set("disk.min-free", given.disk().minFree(), builder::minFree);
        if (!given.preflight()) {
            builder.registry(Registry.NONE);
        }
    }

    private void setHours() {
        ZoneId zone = given.zone() == null ? ZoneId.systemDefault() : given.zone();
        Schedule always = Schedule.parse("@daily", zone);
        boolean isWeekly = !given.windows().isBlank();
        set("zone", given.zone(), builder::zone);
        set("schedule", given.schedule(), cron -> {
            // The windows take its place, so it is not asked for its opinion.
            Schedule unused = isWeekly ? always : Schedule.parse(cron, zone);
            builder.schedule(cron);
        });
        setText("windows", given.windows(), weekly -> {
            Schedule unused = Schedule.weekly(weekly, zone);
            builder.windows(weekly);
        });
        setText("window", given.window(), end -> {
            require(!isWeekly, "windows by the day of the week (ohhhllama.windows) have their own ends");
            Schedule unused = always.ending(end);
            builder.window(end);
        });
        setText("blackouts", given.blackouts(), dates -> {
            Schedule unused = always.without(dates);
            builder.blackouts(dates);
        });
        set("blackout-calendar", given.blackoutCalendar(), (Path calendar) -> {
            Schedule unused = always.without(calendar);
            builder.blackoutCalendar(calendar);
        });
    }

    private void setPatience() {
        Stall stall = given.stall();
        set("rate-limit", given.rateLimit(), builder::rateLimit);
        set("drain", given.drain(), builder::drain);
        set("max-nights", given.maxNights(), builder::maxNights);
        set("cleanup-after", given.cleanupAfter(), builder::cleanup);
        set("first-pause", given.firstPause(), first -> builder.pauses(first, first));
        set("longest-pause", given.longestPause(), longest -> {
            Duration first = given.firstPause();
            require(longest.compareTo(first) >= 0, "must not be shorter than ohhhllama.first-pause, which is " + first);
            builder.pauses(first, longest);
        });
        set(
                "stall.min-rate",
                stall.minRate(),
                rate -> require(!rate.isNegative(), "must be 0 or more bytes a second, was " + rate));
        set("stall.after", stall.after(), after -> builder.stall(stall.minRate().toBytes(), after));
    }

    private void setModels() {
        Refresh refresh = given.refresh();
        set("refresh.every", refresh.every(), every -> {
            require(!every.isNegative(), "must be 0, for never, or longer, was " + every);
            builder.refresh(every, String.join(",", refresh.models()), String.join(",", refresh.pinned()));
        });
        set("wanted", given.wanted(), builder::wanted);
    }

    private void setNotices() {
        Notify notices = given.notices();
        String urls = String.join(",", notices.urls());
        setSecret("notify.urls", () -> Webhooks.parse(urls, ""));
        setSecret("notify.secret", () -> Webhooks.parse("", notices.secret()));
        set("notify.on", String.join(",", notices.on()), kinds -> {
            Webhooks receivers = Webhooks.parse(urls, notices.secret()).only(kinds);
            if (!receivers.addresses().isEmpty()) {
                builder.webhooks(receivers);
            }
        });
    }

    private void backend(URI uri) {
        boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        require(isHttp && uri.getRawAuthority() != null, "expected http://HOST:PORT, was \"" + uri + '"');
        builder.backend(uri);
    }

    private static void setText(String name, String value, Consumer<String> option) {
        if (!value.isBlank()) {
            set(name, value, option);
        }
    }

    private static <T> void set(String name, @Nullable T value, Consumer<? super T> option) {
        if (value == null) {
            return;
        }
        try {
            option.accept(value);
        } catch (IllegalArgumentException refused) {
            String reason = Objects.requireNonNullElse(refused.getMessage(), "it was refused");
            var invalid = new InvalidConfigurationPropertyValueException(PREFIX + name, value, reason);
            invalid.initCause(refused);
            throw invalid;
        }
    }

    /** Refuses without the value: what Spring Boot shows of it would be in every log. */
    private static void setSecret(String name, Runnable option) {
        try {
            option.run();
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("Property " + PREFIX + name + " is invalid: " + refused.getMessage());
        }
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
