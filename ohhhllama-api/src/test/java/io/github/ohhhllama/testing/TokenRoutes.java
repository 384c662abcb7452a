package io.github.ohhhllama.testing;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Answers inference with the tokens of the script: generate, chat, and OpenAI's chat as server-sent events. */
final class TokenRoutes {

    private final ModelStore store;
    private final Script script;

    TokenRoutes(ModelStore store, Script script) {
        this.store = store;
        this.script = script;
    }

    void generate(Exchange exchange) throws IOException, InterruptedException {
        answer(exchange, false);
    }

    void chat(Exchange exchange) throws IOException, InterruptedException {
        answer(exchange, true);
    }

    void openAiChat(Exchange exchange) throws IOException, InterruptedException {
        String model = ModelRoutes.modelOf(exchange);
        if (!isHere(model)) {
            exchange.reply(
                    404,
                    "application/json",
                    Json.object(
                            "error", Map.of("message", "model '" + model + "' not found", "type", "not_found_error")));
        } else if (Objects.equals(exchange.json().get("stream"), true)) {
            ReplyStream events = exchange.stream("text/event-stream");
            for (String token : script.tokens()) {
                script.tokenPacing().next(1);
                Object delta = Map.of("index", 0, "delta", Map.of("content", token));
                events.write("data: " + Json.object("model", model, "choices", List.of(delta)) + "\n\n");
            }
            events.write("data: [DONE]\n\n");
            events.end();
        } else {
            Object message = Map.of("role", "assistant", "content", String.join("", script.tokens()));
            exchange.json(200, "model", model, "choices", List.of(Map.of("index", 0, "message", message)));
        }
    }

    private void answer(Exchange exchange, boolean isChat) throws IOException, InterruptedException {
        String model = ModelRoutes.modelOf(exchange);
        if (!isHere(model)) {
            exchange.json(404, "error", "model '" + model + "' not found");
        } else if (Objects.equals(exchange.json().get("stream"), false)) {
            exchange.reply(200, Exchange.JSON, line(model, String.join("", script.tokens()), isChat, true));
        } else {
            ReplyStream stream = exchange.stream(Exchange.NDJSON);
            for (String token : script.tokens()) {
                script.tokenPacing().next(1);
                stream.line(line(model, token, isChat, false));
            }
            stream.line(line(model, "", isChat, true));
            stream.end();
        }
    }

    private static String line(String model, String text, boolean isChat, boolean isDone) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("model", model);
        line.put("created_at", "2026-01-01T00:00:00.123456789Z");
        if (isChat) {
            Map<String, Object> message = new LinkedHashMap<>();
            message.put("role", "assistant");
            message.put("content", text);
            line.put("message", message);
        } else {
            line.put("response", text);
        }
        line.put("done", isDone);
        if (isDone) {
            line.put("done_reason", "stop");
        }
        return Json.write(line);
    }

    private boolean isHere(String model) {
        try {
            return store.installed(ModelName.parse(model)).isPresent();
        } catch (InvalidModelNameException invalid) {
            return false;
        }
    }
}
