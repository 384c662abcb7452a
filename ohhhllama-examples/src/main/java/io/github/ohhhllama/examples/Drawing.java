package io.github.ohhhllama.examples;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Is an SVG document in the making, of texts, lines and bars on a panel. It asks for no font but the reader's own and
 * turns dark where the reader's pages are. Not thread-safe.
 */
final class Drawing {

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";
    private static final String STYLE = """

            text { font: 13px system-ui, sans-serif; fill: #1f2328 }
            .panel { fill: #ffffff; stroke: #d1d9e0 }
            .heading { font-weight: 600 }
            .hour { font-size: 11px; text-anchor: middle; fill: #59636e }
            .note { fill: #59636e }
            .grid { stroke: #d1d9e0 }
            .ready { fill: #0969da }
            .goes-on { fill: #bc4c00 }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc }
              .panel { fill: #0d1117; stroke: #3d444d }
              .hour, .note { fill: #9198a1 }
              .grid { stroke: #3d444d }
              .ready { fill: #4493f8 }
              .goes-on { fill: #db6d28 }
            }
            """;

    private final StringWriter written = new StringWriter();
    private final XMLStreamWriter xml;

    /** Is something to write that may, in theory, fail. */
    private interface Piece {
        void write() throws XMLStreamException;
    }

    /**
     * Begins a drawing.
     *
     * @param width in pixels
     * @param height in pixels
     * @param title what it is
     * @param description what it shows, for those who do not see it
     */
    Drawing(int width, int height, String title, String description) {
        this(width, height, title, description, STYLE);
    }

    /**
     * Begins a drawing with a style of its own.
     *
     * @param width in pixels
     * @param height in pixels
     * @param title what it is
     * @param description what it shows, for those who do not see it
     * @param style a sheet in CSS that knows {@code .panel} and the kinds that are used
     */
    Drawing(int width, int height, String title, String description, String style) {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(written);
        } catch (XMLStreamException impossible) {
            throw unwritable(impossible);
        }
        write(() -> {
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
            attributes("viewBox", "0 0 " + width + " " + height, "width", width, "height", height);
            attributes("role", "img", "aria-labelledby", "title description");
        });
        element("title", title, "id", "title");
        element("desc", description, "id", "description");
        element("style", style);
        element("rect", "", "class", "panel", "x", 0.5, "y", 0.5, "width", width - 1, "height", height - 1, "rx", 6);
    }

    /**
     * Writes a line of text.
     *
     * @param x where it begins, or has its middle if its kind says so
     * @param y where its baseline is
     * @param kind the name of its style
     * @param words the text
     */
    void text(int x, int y, String kind, String words) {
        element("text", words, "class", kind, "x", x, "y", y);
    }

    /**
     * Writes a text into cells, so that what stands in columns does so in any font.
     *
     * @param x its left edge
     * @param y where its baseline is
     * @param kind the name of its style
     * @param words the text
     * @param length how wide it is, in pixels
     */
    void cells(int x, int y, String kind, String words, int length) {
        element("text", words, "class", kind, "x", x, "y", y, "textLength", length);
    }

    /**
     * Draws an upright line of the grid.
     *
     * @param x where it stands
     * @param from its upper end
     * @param to its lower end
     */
    void line(int x, int from, int to) {
        element("line", "", "class", "grid", "x1", x, "x2", x, "y1", from, "y2", to);
    }

    /**
     * Draws a bar.
     *
     * @param x its left edge
     * @param y its upper edge
     * @param width in pixels
     * @param height in pixels
     * @param kind the name of its style
     */
    void bar(int x, int y, int width, int height, String kind) {
        element("rect", "", "class", kind, "x", x, "y", y, "width", width, "height", height, "rx", 2);
    }

    /** Returns the document; nothing can be added any more. */
    String finish() {
        write(() -> {
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.flush();
        });
        return written.toString();
    }

    private void element(String name, String words, Object... attributes) {
        write(() -> {
            xml.writeCharacters("\n");
            if (words.isEmpty()) {
                xml.writeEmptyElement(name);
                attributes(attributes);
            } else {
                xml.writeStartElement(name);
                attributes(attributes);
                xml.writeCharacters(words);
                xml.writeEndElement();
            }
        });
    }

    private void attributes(Object... namesAndValues) throws XMLStreamException {
        for (int index = 0; index < namesAndValues.length; index += 2) {
            xml.writeAttribute(namesAndValues[index].toString(), namesAndValues[index + 1].toString());
        }
    }

    private static void write(Piece piece) {
        try {
            piece.write();
        } catch (XMLStreamException impossible) {
            throw unwritable(impossible);
        }
    }

    private static IllegalStateException unwritable(XMLStreamException impossible) {
        return new IllegalStateException("memory takes any text", impossible);
    }
}
