package io.github.ohhhllama.testing;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers what concerns the models that are here: list, show, copy, delete. */
final class ModelRoutes {

    private final ModelStore store;

    ModelRoutes(ModelStore store) {
        this.store = store;
    }

    /** Returns the name a body asks for, {@code model} before {@code name}; empty if it names none. */
    static String modelOf(Exchange exchange) {
        Map<String, ?> body = exchange.json();
        Object model = body.get("model");
        Object name = body.get("name");
        String first = model == null ? "" : model.toString();
        return first.isEmpty() && name != null ? name.toString() : first;
    }

    void tags(Exchange exchange) throws IOException {
        List<Object> models = new ArrayList<>();
        for (ModelStore.Installed here : store.installed()) {
            models.add(listed(here));
        }
        exchange.json(200, "models", models);
    }

    void running(Exchange exchange) throws IOException {
        exchange.json(200, "models", List.of());
    }

    void openAiModels(Exchange exchange) throws IOException {
        List<Object> models = new ArrayList<>();
        for (ModelStore.Installed here : store.installed()) {
            Map<String, Object> model = new LinkedHashMap<>();
            model.put("id", here.model().name().display());
            model.put("object", "model");
            model.put("created", here.modifiedAt().getEpochSecond());
            model.put("owned_by", "library");
            models.add(model);
        }
        exchange.reply(
                200, "application/json", Json.object("object", "list", "data", models.isEmpty() ? null : models));
    }

    void show(Exchange exchange) throws IOException {
        String asked = modelOf(exchange);
        if (asked.isEmpty()) {
            exchange.json(400, "error", "model is required");
            return;
        }
        Optional<ModelStore.Installed> here = find(asked);
        if (here.isEmpty()) {
            String shown = parse(asked).map(ModelName::display).orElse(asked);
            exchange.json(404, "error", "model '" + shown + "' not found");
            return;
        }
        exchange.json(
                200,
                "modelfile",
                "FROM " + here.get().model().name().display(),
                "template",
                "{{ .Prompt }}",
                "details",
                details(),
                "model_info",
                Map.of("general.architecture", "llama"),
                "capabilities",
                List.of("completion"),
                "modified_at",
                here.get().modifiedAt().toString());
    }

    void copy(Exchange exchange) throws IOException {
        String source = String.valueOf(exchange.json().get("source"));
        Optional<ModelStore.Installed> here = find(source);
        Optional<ModelName> destination = parse(String.valueOf(exchange.json().get("destination")));
        if (here.isEmpty() || destination.isEmpty()) {
            exchange.json(404, "error", "model \"" + source + "\" not found");
            return;
        }
        FakeModel model = here.get().model();
        store.install(new FakeModel(destination.get(), model.layerSizes(), model.revision()));
        exchange.reply(200, "", "");
    }

    void delete(Exchange exchange) throws IOException {
        String asked = modelOf(exchange);
        Optional<ModelName> name = parse(asked);
        if (exchange.json().isEmpty()) {
            exchange.json(400, "error", "missing request body");
        } else if (name.isEmpty()) {
            exchange.json(400, "error", "name \"" + asked + "\" is invalid");
        } else if (store.remove(name.get())) {
            exchange.reply(200, "", "");
        } else {
            exchange.json(404, "error", "model '" + asked + "' not found");
        }
    }

    private Optional<ModelStore.Installed> find(String asked) {
        return parse(asked).flatMap(store::installed);
    }

    private static Optional<ModelName> parse(String text) {
        try {
            return Optional.of(ModelName.parse(text));
        } catch (InvalidModelNameException invalid) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> listed(ModelStore.Installed here) {
        Map<String, Object> model = new LinkedHashMap<>();
        String name = here.model().name().display();
        model.put("name", name);
        model.put("model", name);
        model.put("modified_at", here.modifiedAt().toString());
        model.put("size", here.model().size());
        model.put("digest", here.model().digest());
        model.put("details", details());
        return model;
    }

    private static Map<String, @Nullable Object> details() {
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("parent_model", "");
        details.put("format", "gguf");
        details.put("family", "llama");
        details.put("families", List.of("llama"));
        details.put("parameter_size", "8.0B");
        details.put("quantization_level", "Q4_0");
        return details;
    }
}
