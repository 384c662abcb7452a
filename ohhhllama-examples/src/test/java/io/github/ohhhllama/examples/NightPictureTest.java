package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.Night;
import io.github.ohhhllama.Plan;
import io.github.ohhhllama.Stint;
import io.github.ohhhllama.Window;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

final class NightPictureTest {

    private static final Path COMMITTED = Path.of("../docs/night.svg");
    private static final Instant EVENING = Instant.parse("2026-11-23T22:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-24T00:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-11-24T06:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void theDocumentsShowWhatTheProgramPaints() throws IOException {
        Path painted = directory.resolve("night.svg");

        PaintTheNight.main(painted.toString());

        assertThat(COMMITTED).as("the build paints it, commit what it painted").hasSameTextualContentAs(painted);
        assertThat(Files.readString(painted)).doesNotContain("url(", "@import", "<script");
    }

    @Test
    void tellsInWordsWhatItShows() throws Exception {
        Element svg = parsed(picture()).getDocumentElement();

        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(text(svg, "title")).isEqualTo("What runs when in the next nights");
        assertThat(text(svg, "desc"))
                .isEqualTo("Monday 23 November, 22:00 to 06:00: phi3 from 22:00, 1.0 GB, ready 00:00; "
                        + "llama3 from 00:00, 6.0 GB, goes on.");
    }

    @Test
    void barsStandWhereTheirTimeIs() throws Exception {
        Document svg = parsed(picture());

        assertThat(bar(svg, "ready")).containsExactly(160, 104);
        assertThat(bar(svg, "goes-on")).containsExactly(264, 312);
    }

    @Test
    void namesCannotBreakOut() throws Exception {
        Night night = new Night(
                new Window(EVENING, MORNING),
                List.of(new Stint(
                        1, ModelName.parse("a-model-with-a-name-longer-than-room"), EVENING, MORNING, 1, true)));

        assertThat(text(
                        parsed(new NightPicture(plan(night), ZoneOffset.UTC).svg())
                                .getDocumentElement(),
                        "desc"))
                .contains("a-model-with-a-name-longer-than-room");
    }

    @Test
    void anEmptyPlanIsAnEmptyPanel() throws Exception {
        String svg = new NightPicture(new Plan(EVENING, null, List.of(), List.of()), ZoneOffset.UTC).svg();

        assertThat(parsed(svg).getElementsByTagName("rect").getLength()).isEqualTo(1);
    }

    private static String picture() {
        Night night = new Night(
                new Window(EVENING, MORNING),
                List.of(
                        new Stint(1, ModelName.parse("phi3"), EVENING, MIDNIGHT, 1_000_000_000, true),
                        new Stint(2, ModelName.parse("llama3"), MIDNIGHT, MORNING, 6_000_000_000L, false)));
        return new NightPicture(plan(night), ZoneOffset.UTC).svg();
    }

    private static Plan plan(Night night) {
        return new Plan(EVENING, 1L, List.of(night), List.of());
    }

    private static Document parsed(String svg) throws ParserConfigurationException, IOException, SAXException {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Element svg, String name) {
        return svg.getElementsByTagName(name).item(0).getTextContent();
    }

    private static List<Integer> bar(Document svg, String kind) {
        for (int index = 0; index < svg.getElementsByTagName("rect").getLength(); index++) {
            Element rect = (Element) svg.getElementsByTagName("rect").item(index);
            if (rect.getAttribute("class").equals(kind)) {
                return List.of(Integer.valueOf(rect.getAttribute("x")), Integer.valueOf(rect.getAttribute("width")));
            }
        }
        return List.of();
    }
}
