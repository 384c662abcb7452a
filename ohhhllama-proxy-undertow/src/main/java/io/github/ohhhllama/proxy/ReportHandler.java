package io.github.ohhhllama.proxy;

import io.github.ohhhllama.History;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.Reports;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.StatusCodes;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Answers what is planned, what was downloaded, and what could be newer. Thread-safe. */
final class ReportHandler {

    private static final int USUAL_DAYS = 30;
    private static final int MOST_DAYS = 36_500;
    private static final int USUAL_ATTEMPTS = 100;
    private static final int MOST_ATTEMPTS = 10_000;

    private final QueueService queue;
    private final Clock clock;

    ReportHandler(QueueService queue, Clock clock) {
        this.queue = queue;
        this.clock = clock;
    }

    /** Shows the next nights: {@code GET /api/queue/plan}. */
    void plan(HttpServerExchange exchange) {
        exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> {
            Plan plan = queue.plan();
            Answers.json(exchange, StatusCodes.OK, Reports.plan(plan, models(plan)));
        }));
    }

    /** Lists what could be newer: {@code GET /api/queue/outdated}. */
    void outdated(HttpServerExchange exchange) {
        exchange.dispatch((Runnable) () -> Answers.guarded(
                exchange, () -> Answers.json(exchange, StatusCodes.OK, Reports.outdated(queue.outdated()))));
    }

    /** Shows what was downloaded: {@code GET /api/history?by=day&days=30&limit=100}. */
    void history(HttpServerExchange exchange) {
        exchange.dispatch((Runnable) () -> Answers.guarded(exchange, () -> {
            History.Query query = query(Query.of(exchange));
            Answers.json(exchange, StatusCodes.OK, Reports.history(queue.history(query), query));
        }));
    }

    private History.Query query(Query parameters) throws BadBodyException {
        int days = parameters.number("days", USUAL_DAYS, 1, MOST_DAYS);
        return new History.Query(
                clock.instant().minus(Duration.ofDays(days)),
                by(parameters.text("by").orElse(History.By.DAY.word())),
                parameters.number("limit", USUAL_ATTEMPTS, 0, MOST_ATTEMPTS));
    }

    private static History.By by(String word) throws BadBodyException {
        Optional<History.By> by = Arrays.stream(History.By.values())
                .filter(each -> each.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
        return by.orElseThrow(() -> new BadBodyException("by must be day, model or requester, was \"" + word + '"'));
    }

    /** A plan names entries by their numbers, except where they are downloaded. */
    private Map<Long, String> models(Plan plan) {
        Map<Long, String> models = new HashMap<>();
        plan.nights().stream()
                .flatMap(night -> night.stints().stream())
                .forEach(stint -> models.put(stint.entry(), stint.model().spelling()));
        queue.snapshot(new Page(Page.MOST, 0))
                .queue()
                .forEach(entry -> models.put(entry.id(), entry.model().spelling()));
        return models;
    }
}
