package io.github.ohhhllama.testing;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Answers the two requests that download: {@code /api/pull}, and {@code /api/create} with a {@code from}. */
final class PullRoutes {

    private static final String ERROR_TYPE = "application/json";

    private final ModelStore store;
    private final Script script;
    private final PullCount count;

    PullRoutes(ModelStore store, Script script, PullCount count) {
        this.store = store;
        this.script = script;
        this.count = count;
    }

    void pull(Exchange exchange) throws IOException, InterruptedException {
        ModelName name = name(exchange, ModelRoutes.modelOf(exchange));
        if (name == null) {
            return;
        }
        if (isStreamed(exchange)) {
            ReplyStream stream = exchange.stream(Exchange.NDJSON);
            finish(exchange, stream, play(name, stream::line));
        } else {
            exchange.watch();
            finish(exchange, play(name, line -> {}));
        }
    }

    void create(Exchange exchange) throws IOException, InterruptedException {
        ModelName name = name(exchange, ModelRoutes.modelOf(exchange));
        Object from = exchange.json().get("from");
        if (name == null) {
            return;
        }
        if (from == null && !exchange.json().containsKey("files")) {
            exchange.json(400, "error", "neither 'from' or 'files' was specified");
            return;
        }
        ModelName base = from == null ? name : name(exchange, from.toString());
        if (base != null) {
            create(exchange, name, base, from != null);
        }
    }

    private void create(Exchange exchange, ModelName name, ModelName base, boolean isDerived)
            throws IOException, InterruptedException {
        ReplyStream stream = exchange.stream(Exchange.NDJSON);
        if (isDerived && !base.cloud() && store.installed(base).isEmpty()) {
            Fault end = play(base, stream::line);
            if (end.kind() != Fault.Kind.NONE) {
                finish(exchange, stream, end);
                return;
            }
        }
        FakeModel made = store.installed(base)
                .map(here -> new FakeModel(name, here.model().layerSizes(), 1))
                .orElse(FakeModel.of(name.spelling(), 1));
        for (FakeModel.Layer layer : made.layers()) {
            stream.line(Json.object("status", "using existing layer " + layer.digest()));
        }
        stream.line(Json.object("status", "writing manifest"));
        store.install(made);
        stream.line(Json.object("status", "success"));
        stream.end();
    }

    private Fault play(ModelName name, PullRun.Lines lines) throws IOException, InterruptedException {
        count.start(name.spelling());
        try {
            return new PullRun(name, store, script, lines).play();
        } finally {
            count.end();
        }
    }

    private static void finish(Exchange exchange, ReplyStream stream, Fault end) throws IOException {
        switch (end.kind()) {
            case CUT -> exchange.cut();
            case RESET -> exchange.reset();
            case ERROR -> {
                stream.line(Json.object("error", end.text()));
                stream.end();
            }
            default -> stream.end();
        }
    }

    private static void finish(Exchange exchange, Fault end) throws IOException {
        switch (end.kind()) {
            case CUT, TRUNCATE -> exchange.cut();
            case RESET -> exchange.reset();
            case ERROR -> exchange.reply(500, ERROR_TYPE, Json.object("error", end.text()));
            default -> exchange.reply(200, ERROR_TYPE, Json.object("status", "success"));
        }
    }

    private static boolean isStreamed(Exchange exchange) {
        return !Objects.equals(exchange.json().get("stream"), false);
    }

    /** Returns the name, or null after it answered 400. */
    private static @Nullable ModelName name(Exchange exchange, String text) throws IOException {
        Map<String, ?> body = exchange.json();
        try {
            return body.isEmpty() ? missing(exchange) : ModelName.parse(text);
        } catch (InvalidModelNameException invalid) {
            exchange.json(400, "error", String.valueOf(invalid.getMessage()));
            return null;
        }
    }

    private static @Nullable ModelName missing(Exchange exchange) throws IOException {
        exchange.json(400, "error", "missing request body");
        return null;
    }
}
