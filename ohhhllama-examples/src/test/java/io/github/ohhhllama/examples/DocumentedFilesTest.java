package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reads what documents and packages have for programs to read: settings, XML, YAML, properties. */
final class DocumentedFilesTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern VERSION =
            Pattern.compile("<artifactId>ohhhllama-parent</artifactId>\\s*<version>([^<]+)</version>");
    private static final Pattern VARIABLE = Pattern.compile("(?m)^ {6}(?:# )?([A-Z_]{4,}):");

    @TempDir
    private Path directory;

    @Test
    void settingsAreAcceptedByTheProgram() throws IOException {
        List<String> files = fences("sh")
                .filter(ShellCommand::isAssignments)
                .flatMap(fence -> Pattern.compile("\n\\s*\n").splitAsStream(fence.text()))
                .filter(text -> !text.startsWith("P="))
                .toList();

        assertThat(files).hasSizeGreaterThan(3);
        for (String text : files) {
            Path file = Files.writeString(directory.resolve("settings"), text + '\n');
            assertThat(checkConfig(file)).as(text).isEqualTo(ExitCode.OK);
        }
    }

    @Test
    void dependenciesAreModulesOfThisVersion() throws Exception {
        var version = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml")));
        assertThat(version.find()).isTrue();
        int dependencies = 0;
        for (Markdown.Fence fence : fences("xml").toList()) {
            NodeList found = parsed("<all>" + fence.text() + "</all>").getElementsByTagName("dependency");
            for (int index = 0; index < found.getLength(); index++) {
                Element dependency = (Element) found.item(index);
                assertThat(text(dependency, "groupId")).isEqualTo("io.github.ohhhllama");
                assertThat(text(dependency, "artifactId")).isIn(modules());
                assertThat(text(dependency, "version")).isIn("", version.group(1));
                assertThat(text(dependency, "classifier")).isIn("", "tests");
                dependencies++;
            }
        }
        assertThat(dependencies).isGreaterThan(3);
    }

    @Test
    void loggersAreThoseThatTheProgramTurnsDown() throws Exception {
        Set<String> named = new TreeSet<>();
        for (Markdown.Fence fence : fences("xml").toList()) {
            NodeList loggers = parsed("<all>" + fence.text() + "</all>").getElementsByTagName("logger");
            for (int index = 0; index < loggers.getLength(); index++) {
                named.add(((Element) loggers.item(index)).getAttribute("name"));
            }
        }
        String program =
                Files.readString(ROOT.resolve("ohhhllama-proxy-undertow/src/standalone/ohhhllama-logback.xml"));

        assertThat(named).hasSize(3).allSatisfy(name -> assertThat(program).contains('"' + name + '"'));
    }

    @Test
    void propertiesAreThoseOfTheTable() throws IOException {
        Set<String> documented = Markdown.all().stream()
                .flatMap(document -> document.rows().stream())
                .filter(row -> row.headings().get(0).equals("Property"))
                .flatMap(row -> Markdown.spans(row.cells().get(0)).stream())
                .collect(Collectors.toSet());
        Properties shown = new Properties();
        for (Markdown.Fence fence : fences("properties").toList()) {
            shown.load(new StringReader(fence.text()));
        }

        assertThat(shown.stringPropertyNames())
                .filteredOn(name -> name.startsWith("ohhhllama."))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(documented).contains(name));
    }

    @Test
    void prometheusIsSentToThePortAndTheJobOfTheAlerts() throws IOException {
        List<JsonNode> shown = fences("yaml").map(DocumentedFilesTest::yaml).toList();

        assertThat(shown).singleElement().satisfies(configuration -> {
            JsonNode job = configuration.path("scrape_configs").path(0);
            assertThat(Files.readString(ROOT.resolve("docs/alerts.yaml")))
                    .contains("job=\"" + job.path("job_name").asText() + '"');
            assertThat(job.at("/static_configs/0/targets/0").asText()).endsWith(':' + Setting.LISTEN_PORT.fallback());
        });
    }

    @Test
    void theComposeFileSetsSettingsOnly() throws IOException {
        String text = Files.readString(ROOT.resolve("packaging/compose.yaml"));
        JsonNode services =
                yaml(new Markdown.Fence("yaml", text.lines().toList())).path("services");
        Set<String> names = Stream.of(Setting.values()).map(Setting::name).collect(Collectors.toSet());

        assertThat(services.at("/ollama/environment/OLLAMA_NOPRUNE").asText()).isEqualTo("1");
        assertThat(services.at("/ohhhllama/environment/OLLAMA_BACKEND").asText())
                .isEqualTo("http://ollama:11434");
        assertThat(services.at("/ohhhllama/ports/0").asText()).startsWith("127.0.0.1:");
        assertThat(VARIABLE.matcher(text).results().map(match -> match.group(1)))
                .hasSizeGreaterThan(3)
                .filteredOn(name -> !name.equals("OLLAMA_NOPRUNE"))
                .allSatisfy(name -> assertThat(names).contains(name));
    }

    private int checkConfig(Path file) {
        PrintStream before = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            return io.github.ohhhllama.proxy.internal.cli.Main.cli()
                    .commandLine()
                    .execute("check-config", "--config=" + file, "--db-path=" + directory.resolve("queue.db"));
        } finally {
            System.setOut(before);
        }
    }

    private static Stream<Markdown.Fence> fences(String language) {
        return Markdown.all().stream()
                .flatMap(document -> document.fences().stream())
                .filter(fence -> fence.language().equals(language));
    }

    private static Set<String> modules() throws IOException {
        Set<String> modules = new TreeSet<>(Set.of("ohhhllama-bom"));
        try (Stream<Path> poms = Files.list(ROOT)) {
            poms.filter(module -> Files.exists(module.resolve("pom.xml")))
                    .forEach(module -> modules.add(module.getFileName().toString()));
        }
        return modules;
    }

    private static JsonNode yaml(Markdown.Fence fence) {
        try {
            return new YAMLMapper().readTree(fence.text());
        } catch (IOException e) {
            throw new AssertionError(fence.text(), e);
        }
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Element element, String name) {
        NodeList found = element.getElementsByTagName(name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent();
    }
}
