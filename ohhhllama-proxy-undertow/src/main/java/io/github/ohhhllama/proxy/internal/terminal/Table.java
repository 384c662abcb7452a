package io.github.ohhhllama.proxy.internal.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lays rows out in columns, as wide as their widest cell; if that is wider than the window, the flexible column is cut.
 * Not thread-safe.
 */
public final class Table {

    private static final String GAP = "  ";
    private static final int NARROWEST = 8;

    private final List<List<String>> rows = new ArrayList<>();
    private final int flexible;
    private final Set<Integer> numbers;

    /**
     * Creates a table without rows.
     *
     * @param flexible the index of the column that gives way
     * @param numbers the indexes of the columns that are aligned to the right
     * @param headings the first row
     */
    public Table(int flexible, Set<Integer> numbers, String... headings) {
        this.flexible = flexible;
        this.numbers = Set.copyOf(numbers);
        rows.add(List.copyOf(Arrays.asList(headings)));
    }

    /**
     * Adds a row.
     *
     * @param cells as many as there are headings; control characters in them are taken out
     */
    public void add(String... cells) {
        rows.add(Stream.of(cells).map(PlainText::of).toList());
    }

    /**
     * Returns the lines, headings first.
     *
     * @param width how many characters a line may have
     */
    public List<String> lines(int width) {
        int[] widths = widths(width);
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> cell(row.get(column), column, widths[column]))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private String cell(String text, int column, int width) {
        String cut = PlainText.cut(text, width);
        String padding = " ".repeat(width - length(cut));
        return numbers.contains(column) ? padding + cut : cut + padding;
    }

    private int[] widths(int most) {
        int columns = rows.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .mapToInt(row -> length(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        long excess = IntStream.of(widths).asLongStream().sum() + (long) GAP.length() * (columns - 1) - most;
        if (excess > 0) {
            widths[flexible] = (int) Math.min(widths[flexible], Math.max(NARROWEST, widths[flexible] - excess));
        }
        return widths;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
