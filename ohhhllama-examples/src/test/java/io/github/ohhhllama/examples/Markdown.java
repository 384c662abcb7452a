package io.github.ohhhllama.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads one Markdown file of the project.
 *
 * @param file where it is
 * @param lines all of it
 */
record Markdown(Path file, List<String> lines) {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern SEPARATOR = Pattern.compile("[|\\s:-]+");

    /**
     * Holds a block of code.
     *
     * @param language what stands behind the opening fence
     * @param code its lines
     */
    record Fence(String language, List<String> code) {

        String text() {
            return String.join("\n", code).stripIndent().strip();
        }
    }

    /**
     * Holds a row of a table.
     *
     * @param headings the table's first row
     * @param cells this row
     */
    record Row(List<String> headings, List<String> cells) {}

    /** Returns the Markdown files at the root and below docs. */
    static List<Markdown> all() {
        try (Stream<Path> root = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(root, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(Markdown::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Markdown read(Path file) {
        try {
            return new Markdown(file, Files.readAllLines(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Fence> fences() {
        List<Fence> fences = new ArrayList<>();
        Fence open = null;
        for (String line : lines) {
            String bare = line.strip();
            if (open != null && bare.equals("```")) {
                fences.add(open);
                open = null;
            } else if (open != null) {
                open.code().add(line);
            } else if (bare.startsWith("```")) {
                open = new Fence(bare.substring(3), new ArrayList<>());
            }
        }
        return fences;
    }

    /** Returns the lines outside of fences. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean fenced = false;
        for (String line : lines) {
            boolean fence = line.strip().startsWith("```");
            fenced ^= fence;
            if (!fenced && !fence) {
                prose.add(line);
            }
        }
        return prose;
    }

    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        List<String> headings = List.of();
        for (String line : prose()) {
            if (!line.startsWith("|")) {
                headings = List.of();
            } else if (headings.isEmpty()) {
                headings = cells(line);
            } else if (!SEPARATOR.matcher(line).matches()) {
                rows.add(new Row(headings, cells(line)));
            }
        }
        return rows;
    }

    List<String> links() {
        return prose().stream()
                .flatMap(line -> LINK.matcher(SPAN.matcher(line).replaceAll("")).results())
                .map(match -> match.group(1))
                .toList();
    }

    /** Returns what the headings are called in links, as GitHub makes it. */
    List<String> anchors() {
        return prose().stream()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** Returns what stands between backticks in a line. */
    static List<String> spans(String line) {
        return SPAN.matcher(line).results().map(match -> match.group(1)).toList();
    }

    @Override
    public String toString() {
        return ROOT.relativize(file).toString();
    }

    private static List<String> cells(String line) {
        // A bar inside of code is written with a backslash.
        return Arrays.stream(line.strip().substring(1).split("(?<!\\\\)\\|"))
                .map(String::strip)
                .toList();
    }
}
