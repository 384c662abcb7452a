package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Is docs/openapi.yaml, and judges answers by it. */
final class Specification {

    private static final Path FILE = Path.of("../docs/openapi.yaml");
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonSchemaFactory schemas = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private final SchemaValidatorsConfig strict =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
    private final JsonNode root;

    private Specification(JsonNode root) {
        this.root = root;
    }

    static Specification read() throws IOException {
        return new Specification(new YAMLMapper().readTree(FILE.toFile()));
    }

    /** Returns each method and path, such as {@code GET /api/queue/{id}}. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        root.path("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        operations.add(method.toUpperCase(Locale.ROOT) + ' ' + path.getKey());
                    }
                }));
        return operations;
    }

    /**
     * Checks that an answer is one that is described.
     *
     * @param operation the method and the path, with {@code {id}} in it
     * @param answer what came
     */
    void check(String operation, HttpResponse<String> answer) throws IOException {
        String[] words = operation.split(" ", 2);
        String what = operation + " -> " + answer.statusCode() + ' ' + answer.body();
        JsonNode responses = root.path("paths")
                .path(words[1])
                .path(words[0].toLowerCase(Locale.ROOT))
                .path("responses");
        JsonNode response = resolved(responses.path(Integer.toString(answer.statusCode())));
        assertThat(response.isMissingNode()).as(what).isFalse();
        if (response.has("content")) {
            String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
            assertThat(response.path("content").has(type))
                    .as(what + " is " + type)
                    .isTrue();
            JsonNode schema = response.path("content").path(type).path("schema");
            for (JsonNode value : values(type, answer.body())) {
                assertThat(problems(schema, value)).as(what).isEmpty();
            }
        }
    }

    private static List<JsonNode> values(String type, String body) throws IOException {
        return switch (type) {
            case "application/json" -> List.of(JSON.readTree(body));
            case "application/x-ndjson" ->
                JSON.readerFor(JsonNode.class).<JsonNode>readValues(body).readAll();
            default -> List.of(JSON.getNodeFactory().textNode(body));
        };
    }

    /** References lead from the root of the document, so the schema is put there. */
    private Iterable<?> problems(JsonNode schema, JsonNode value) {
        ObjectNode document = JSON.createObjectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.set("components", root.path("components"));
        document.setAll((ObjectNode) schema);
        return schemas.getSchema(document, strict).validate(value);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.path("$ref").asText().substring(1)) : node;
    }
}
