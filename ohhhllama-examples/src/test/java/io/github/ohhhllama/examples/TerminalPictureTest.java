package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

final class TerminalPictureTest {

    /** The build paints them, and CI compares what was painted with what was committed. */
    @ParameterizedTest
    @ValueSource(strings = {"pull", "status", "plan"})
    void thoseOfTheDocumentsTellInWordsWhatTheyShow(String name) throws Exception {
        String svg = Files.readString(Path.of("../docs/pictures", name + ".svg"));

        assertThat(svg).doesNotContain("url(", "@import", "<script", "\u001b");
        assertThat(text(parsed(svg), "title")).isNotBlank();
        assertThat(text(parsed(svg), "desc")).startsWith("$ ").contains("llama3.3:70b");
    }

    @Test
    void coloursAreClassesAndColumnsStandWhereTheyStood() throws Exception {
        Element svg = parsed(
                new TerminalPicture("a", List.of("\u001b[1mRuns\u001b[0m    phi3", "x\u001b[32mok\u001b[0m")).svg());

        assertThat(attributes(svg, "Runs")).containsExactly("bold", "16", "32");
        assertThat(attributes(svg, "phi3")).containsExactly("plain", "80", "32");
        assertThat(attributes(svg, "ok")).containsExactly("green", "24", "16");
    }

    @Test
    void blocksAreBars() throws Exception {
        NodeList rects =
                parsed(new TerminalPicture("a", List.of("··██·")).svg()).getElementsByTagName("rect");

        assertThat(rects.getLength()).isEqualTo(2);
        assertThat(((Element) rects.item(1)).getAttribute("x")).isEqualTo("32");
        assertThat(((Element) rects.item(1)).getAttribute("width")).isEqualTo("16");
    }

    @Test
    void whatAProgramPrintsCannotBreakOut() throws Exception {
        assertThat(text(parsed(new TerminalPicture("a", List.of("</text><script>&\u0007")).svg()), "desc"))
                .isEqualTo("</text><script>&");
    }

    private static List<String> attributes(Element svg, String words) {
        NodeList texts = svg.getElementsByTagName("text");
        for (int index = 0; index < texts.getLength(); index++) {
            Element text = (Element) texts.item(index);
            if (text.getTextContent().equals(words)) {
                return List.of(text.getAttribute("class"), text.getAttribute("x"), text.getAttribute("textLength"));
            }
        }
        return List.of();
    }

    private static String text(Element svg, String name) {
        return svg.getElementsByTagName(name).item(0).getTextContent();
    }

    private static Element parsed(String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
    }
}
