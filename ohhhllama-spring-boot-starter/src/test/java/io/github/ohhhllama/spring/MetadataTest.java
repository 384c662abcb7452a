package io.github.ohhhllama.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** Reads what editors show of the properties, and compares it with what the documents say. */
final class MetadataTest {

    private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");
    private static final Path DOCUMENT = Path.of("../docs/embedding.md");
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

    @Test
    void everyPropertyIsDescribed() throws IOException {
        assertThat(properties())
                .extracting(property -> String.valueOf(property.get("description")))
                .allMatch(description -> description.endsWith("."), "is a sentence");
    }

    @Test
    void documentNamesEveryPropertyAndItsDefault() throws IOException {
        Map<String, String> known = new TreeMap<>();
        for (Map<?, ?> property : properties()) {
            String name = String.valueOf(property.get("name"));
            if (name.startsWith("ohhhllama.")) {
                known.put(name, text(property.get("defaultValue")));
            }
        }

        assertThat(documented()).isEqualTo(known);
    }

    private static String text(@Nullable Object value) {
        return value instanceof List<?> several
                ? several.stream().map(String::valueOf).collect(Collectors.joining(","))
                : Objects.toString(value, "");
    }

    private static List<Map<?, ?>> properties() throws IOException {
        Object properties = JsonParserFactory.getJsonParser()
                .parseMap(Files.readString(METADATA))
                .get("properties");
        return ((List<?>) Objects.requireNonNull(properties))
                .stream().<Map<?, ?>>map(property -> (Map<?, ?>) property).toList();
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (line.startsWith("| `ohhhllama.")) {
                String[] cells = line.split("\\|", -1);
                List<String> names = spans(cells[1]);
                List<String> defaults = spans(cells[2]);
                for (int i = 0; i < names.size(); i++) {
                    documented.put(names.get(i), defaults.isEmpty() ? "" : defaults.get(i));
                }
            }
        }
        return documented;
    }

    private static List<String> spans(String cell) {
        return SPAN.matcher(cell).results().map(span -> span.group(1)).toList();
    }
}
