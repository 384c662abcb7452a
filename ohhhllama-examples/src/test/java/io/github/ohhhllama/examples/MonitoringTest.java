package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.ProxyMetrics;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeOllama;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the dashboard, the alert rules and the document about them with what a running proxy measures. */
final class MonitoringTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern METRIC = Pattern.compile("\\b(?:ohhhllama|jvm|process)_[a-z0-9_]+");
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z][a-z0-9_]*)");
    private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE ([a-z0-9_]+) ");
    private static final int SCHEMA_OF_GRAFANA_11 = 39;

    private static String scrape = "";

    @BeforeAll
    static void scrape(@TempDir Path directory) throws IOException, InterruptedException {
        ProxyMetrics metrics = new ProxyMetrics();
        try (FakeOllama ollama = FakeOllama.start();
                Ohhhllama ohhhllama = Ohhhllama.builder(directory.resolve("queue.db"))
                        .registry(Registry.NONE)
                        .backend(ollama.uri())
                        .modelFolder(directory)
                        .listener(metrics)
                        .build();
                OhhhllamaProxy proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .backend(ollama.uri())
                        .metrics(metrics)
                        .start()) {
            get(proxy, "/api/tags");
            scrape = get(proxy, "/metrics");
        }
    }

    @Test
    void everyMetricInTheDashboardIsMeasured() throws IOException {
        assertThat(measured()).containsAll(metrics(expressions(dashboard())));
    }

    @Test
    void everyMetricInTheAlertsIsMeasured() throws IOException {
        assertThat(measured()).containsAll(metrics(expressions(alerts())));
    }

    @Test
    void everyMetricOfOursIsInTheDashboardAndInTheDocument() throws IOException {
        Set<String> shown = metrics(expressions(dashboard())).stream()
                .map(name -> name.replaceFirst("(?<=_seconds)_(bucket|sum|count)$", ""))
                .collect(Collectors.toSet());
        Set<String> documented = metrics(List.of(Files.readString(DOCS.resolve("operations.md"))));

        assertThat(ours()).isNotEmpty();
        assertThat(shown).containsAll(ours());
        assertThat(documented).isEqualTo(ours());
    }

    @Test
    void theDashboardCanBeImported() throws IOException {
        JsonNode dashboard = dashboard();
        assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(SCHEMA_OF_GRAFANA_11);
        assertThat(dashboard.path("id").isMissingNode()).isTrue();
        assertThat(dashboard
                        .path("templating")
                        .path("list")
                        .path(0)
                        .path("type")
                        .asText())
                .isEqualTo("datasource");

        Set<Integer> numbers = new HashSet<>();
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            String title = panel.path("title").asText();
            assertThat(title).isNotBlank();
            assertThat(numbers.add(panel.path("id").asInt())).as(title).isTrue();
            occupy(cells, panel.path("gridPos"), title);
            assertThat(panel.path("type").asText().equals("row")
                            || panel.path("datasource").path("uid").asText().equals("${datasource}"))
                    .as(title)
                    .isTrue();
        }
    }

    @Test
    void everyAlertSaysWhatHappenedAndWhatToDoAndIsInTheDocument() throws IOException {
        String document = Files.readString(DOCS.resolve("operations.md"));
        Set<String> names = new HashSet<>();
        for (JsonNode rule : alerts().path("groups").path(0).path("rules")) {
            String name = rule.path("alert").asText();
            assertThat(names.add(name)).as(name).isTrue();
            assertThat(document).contains('`' + name + '`');
            assertThat(rule.path("labels").path("severity").asText()).as(name).isIn("critical", "warning", "info");
            assertThat(rule.path("annotations").path("summary").asText())
                    .as(name)
                    .contains("{{ $labels.instance }}");
            assertThat(rule.path("annotations").path("description").asText())
                    .as(name)
                    .isNotBlank();
        }
        assertThat(names).hasSizeGreaterThan(5);
    }

    private static void occupy(Set<String> cells, JsonNode place, String title) {
        assertThat(place.path("x").asInt() + place.path("w").asInt()).as(title).isLessThanOrEqualTo(24);
        for (int x = 0; x < place.path("w").asInt(); x++) {
            for (int y = 0; y < place.path("h").asInt(); y++) {
                String cell =
                        (place.path("x").asInt() + x) + "/" + (place.path("y").asInt() + y);
                assertThat(cells.add(cell))
                        .as(title + " lies over another panel")
                        .isTrue();
            }
        }
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper()
                .readTree(DOCS.resolve("grafana-dashboard.json").toFile());
    }

    private static JsonNode alerts() throws IOException {
        return new YAMLMapper().readTree(DOCS.resolve("alerts.yaml").toFile());
    }

    private static List<String> expressions(JsonNode document) {
        return StreamSupport.stream(document.findValues("expr").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Set<String> metrics(List<String> texts) {
        return texts.stream()
                .flatMap(text -> METRIC.matcher(text).results().map(MatchResult::group))
                .filter(name -> !name.endsWith("_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> measured() {
        return SERIES.matcher(scrape).results().map(match -> match.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> ours() {
        return FAMILY.matcher(scrape)
                .results()
                .map(match -> match.group(1))
                .filter(name -> name.startsWith("ohhhllama_"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String get(OhhhllamaProxy proxy, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + proxy.port() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }
}
