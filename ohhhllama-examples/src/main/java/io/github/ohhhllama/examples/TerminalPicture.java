package io.github.ohhhllama.examples;

import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Draws what a terminal shows: text in cells, in the colours that the program asked for (ECMA-48, "select graphic
 * rendition"). A window of its own, so that it can be read on any page. Immutable.
 *
 * @param title what stands above the window
 * @param lines what it shows, with the sequences that colour it
 */
record TerminalPicture(String title, List<String> lines) {

    private static final int CELL = 8;
    private static final int ROW = 19;
    private static final int MARGIN = 16;
    private static final int BAR = 44;
    private static final int BASELINE = 14;
    private static final int FEWEST_CELLS = 60;
    private static final List<String> BUTTONS = List.of("close", "shrink", "grow");

    /** Somebody's renditions; what is not among them looks like the rest. */
    private static final Map<String, String> KINDS =
            Map.of("1", "bold", "31", "red", "32", "green", "33", "yellow", "1;32", "prompt");

    private static final Pattern RENDITION = Pattern.compile("\u001b\\[([0-9;]*)m");

    /** Of several blanks in a row a reader of SVG shows one. Blocks are bars, whatever a font makes of them. */
    private static final Pattern RUN = Pattern.compile("█+|·+|[^\\s\\p{Cntrl}█·]+(?: [^\\s\\p{Cntrl}█·]+)*");

    private static final String STYLE = """

        text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #d1d5da }
        .panel { fill: #1f2328; stroke: #59636e }
        .title { font: 600 13px system-ui, sans-serif; fill: #9198a1; text-anchor: middle }
        .close { fill: #ff5f57 }
        .shrink { fill: #febc2e }
        .grow { fill: #28c840 }
        .bold { font-weight: 700; fill: #f0f6fc }
        .prompt { font-weight: 700; fill: #7ee787 }
        .green { fill: #7ee787 }
        .yellow { fill: #e3b341 }
        .red { fill: #ff7b72 }
        .bar { fill: #4493f8 }
        """;

    /** Copies the lines. */
    TerminalPicture {
        lines = List.copyOf(lines);
    }

    /** Returns the picture as an SVG document. */
    String svg() {
        int width = 2 * MARGIN + CELL * Math.max(FEWEST_CELLS, widest());
        int height = BAR + ROW * lines.size() + MARGIN;
        Drawing drawing = new Drawing(width, height, title, plain(), STYLE);
        for (int button = 0; button < BUTTONS.size(); button++) {
            drawing.text(MARGIN + 2 * CELL * button, BAR / 2, BUTTONS.get(button), "●");
        }
        drawing.text(width / 2, BAR / 2, "title", title);
        for (int row = 0; row < lines.size(); row++) {
            draw(lines.get(row), BAR + ROW * row + BASELINE, drawing);
        }
        return drawing.finish();
    }

    private static void draw(String line, int baseline, Drawing drawing) {
        Matcher rendition = RENDITION.matcher(line);
        String kind = "plain";
        int column = 0;
        int from = 0;
        while (rendition.find()) {
            column = draw(line.substring(from, rendition.start()), column, baseline, kind, drawing);
            kind = KINDS.getOrDefault(rendition.group(1), "plain");
            from = rendition.end();
        }
        draw(line.substring(from), column, baseline, kind, drawing);
    }

    private static int draw(String text, int column, int baseline, String kind, Drawing drawing) {
        for (MatchResult run : RUN.matcher(text).results().toList()) {
            int cells = cells(run.group());
            int left = MARGIN + CELL * (column + cells(text.substring(0, run.start())));
            if (run.group().startsWith("█")) {
                drawing.bar(left, baseline - BASELINE + 2, CELL * cells, ROW - 4, "bar");
            } else {
                drawing.cells(left, baseline, kind, run.group(), CELL * cells);
            }
        }
        return column + cells(text);
    }

    private int widest() {
        return lines.stream().mapToInt(line -> cells(bare(line))).max().orElse(0);
    }

    /** Tells all of it in words, for those who hear it. */
    private String plain() {
        return lines.stream()
                .map(line -> PlainText.of(bare(line)).strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String bare(String line) {
        return RENDITION.matcher(line).replaceAll("");
    }

    private static int cells(String text) {
        return text.codePointCount(0, text.length());
    }
}
