package io.github.ohhhllama.proxy.internal.remote;

import io.github.ohhhllama.proxy.internal.json.Health;
import io.github.ohhhllama.proxy.internal.json.Health.Check;
import io.github.ohhhllama.proxy.internal.json.Health.Status;
import io.github.ohhhllama.proxy.internal.terminal.Colours;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes how things are for people.
 *
 * @param colours what they see
 * @param width how many characters a line may have
 */
public record HealthText(Colours colours, int width) {

    private static final int MESSAGE_COLUMN = 2;

    /** Returns a line about the whole. */
    String headline(String subject, Status status) {
        String shown = PlainText.cut(
                PlainText.of(subject), Math.max(1, width - status.word().length()));
        return (subject.endsWith(" ") ? shown + ' ' : shown) + coloured(status, status.word());
    }

    /** Returns a line for each part, the grade first. */
    public List<String> table(Health health) {
        Table table = new Table(MESSAGE_COLUMN, Set.of(), "STATUS", "PART", "MESSAGE");
        List<Status> grades = new ArrayList<>();
        health.checks().forEach((name, check) -> {
            grades.add(check.status());
            table.add(check.status().word(), name, message(check));
        });
        // The headings say nothing that the rows do not.
        List<String> rows = table.lines(width).stream().skip(1).toList();
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            String word = grades.get(row).word();
            lines.add(coloured(grades.get(row), word) + rows.get(row).substring(word.length()));
        }
        return lines;
    }

    private static String message(Check check) {
        Object version = check.details().get("version");
        return version == null
                ? check.message()
                : check.message() + " Version " + version + ", "
                        + check.details().get("url");
    }

    private String coloured(Status status, String text) {
        return switch (status) {
            case HEALTHY -> colours.good(text);
            case DEGRADED -> colours.poor(text);
            case UNHEALTHY -> colours.bad(text);
        };
    }
}
