package io.github.ohhhllama.proxy.internal.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads metrics in Prometheus' text format 0.0.4, strictly: any line that is none is refused.
 *
 * @param types the type of each family by its name
 * @param help the help of each family by its name
 * @param values each value by its name and labels as they are written
 */
public record Samples(Map<String, String> types, Map<String, String> help, Map<String, Double> values) {

    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-z][a-z0-9_]*) (.+)");
    private static final Pattern LABEL = Pattern.compile("[a-z_]+=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\"");
    private static final Pattern SAMPLE =
            Pattern.compile("([a-z][a-z0-9_]*(?:\\{" + LABEL + "(?:," + LABEL + ")*,?})?) (\\S+)");

    public static Samples parse(String text) {
        Samples samples = new Samples(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        text.lines().forEach(samples::take);
        return samples;
    }

    /** Returns the value of a name with its labels. */
    public double value(String series) {
        Double value = values.get(series);
        if (value == null) {
            throw new AssertionError("expected " + series + ", found " + values.keySet());
        }
        return value;
    }

    /** Returns the family that a series belongs to. */
    public String family(String series) {
        String name = series.replaceFirst("\\{.*", "");
        return types.containsKey(name) ? name : name.replaceFirst("_(bucket|sum|count)$", "");
    }

    private void take(String line) {
        Matcher comment = COMMENT.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (comment.matches()) {
            Map<String, String> of = comment.group(1).equals("TYPE") ? types : help;
            refuseSecond(of.put(comment.group(2), comment.group(3)), line);
        } else if (sample.matches()) {
            String value = sample.group(2).replace("Inf", "Infinity").replace("+", "");
            refuseSecond(values.put(sample.group(1), Double.valueOf(value)), line);
        } else {
            throw new AssertionError("no line of the text format: " + line);
        }
    }

    private static void refuseSecond(Object former, String line) {
        if (former != null) {
            throw new AssertionError("for the second time: " + line);
        }
    }
}
