package io.github.ohhhllama.queue.internal.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A random crontab line together with what it means, so that nobody has to parse it to know when it fires.
 *
 * @param text the five fields
 * @param fields for each of them, the text and the values it stands for; Sunday is 0
 */
record RandomCrontab(String text, List<Field> fields) {

    private static final List<String> NO_NAMES = List.of();
    private static final List<String> MONTHS =
            List.of("", "jan", "Feb", "MAR", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEK = List.of("sun", "mon", "TUE", "wed", "Thu", "fri", "sat");

    /** Returns a line that fires at least once in a while. */
    static RandomCrontab draw(Random chance) {
        RandomCrontab drawn = drawAny(chance);
        while (drawn.firings(LocalDate.of(2026, 1, 1), 1).isEmpty()) {
            drawn = drawAny(chance);
        }
        return drawn;
    }

    private static RandomCrontab drawAny(Random chance) {
        List<Field> fields = List.of(
                new Draft(chance, 0, 59, NO_NAMES).field(),
                new Draft(chance, 0, 23, NO_NAMES).field(),
                new Draft(chance, 1, 31, NO_NAMES).field(),
                new Draft(chance, 1, 12, MONTHS).field(),
                new Draft(chance, 0, 6, WEEK).field());
        return new RandomCrontab(
                String.join(" ", fields.stream().map(Field::text).toList()), fields);
    }

    /** Returns the first firings from midnight of a day on, by trying every day. */
    List<LocalDateTime> firings(LocalDate from, int count) {
        List<LocalDateTime> firings = new ArrayList<>();
        for (LocalDate day = from; firings.size() < count && day.getYear() < 2090; day = day.plusDays(1)) {
            if (isOn(day)) {
                for (int hour : fields.get(1).values()) {
                    for (int minute : fields.get(0).values()) {
                        firings.add(day.atTime(hour, minute));
                    }
                }
            }
        }
        return firings.subList(0, Math.min(count, firings.size()));
    }

    private boolean isOn(LocalDate day) {
        Field monthDay = fields.get(2);
        Field weekDay = fields.get(4);
        boolean byMonthDay = monthDay.values().contains(day.getDayOfMonth());
        boolean byWeekDay = weekDay.values().contains(day.getDayOfWeek().getValue() % 7);
        boolean both = monthDay.text().startsWith("*") || weekDay.text().startsWith("*");
        return fields.get(3).values().contains(day.getMonthValue())
                && (both ? byMonthDay && byWeekDay : byMonthDay || byWeekDay);
    }

    /**
     * One field.
     *
     * @param text how it is written
     * @param values what it stands for
     */
    record Field(String text, SortedSet<Integer> values) {}

    /** Draws a field within its bounds. */
    private record Draft(Random chance, int low, int high, List<String> names) {

        Field field() {
            if (chance.nextInt(3) == 0) {
                return stretch("*", low, high, 1);
            }
            List<Field> parts = new ArrayList<>();
            do {
                parts.add(part());
            } while (parts.size() < 3 && chance.nextInt(3) == 0);
            SortedSet<Integer> values = new TreeSet<>();
            parts.forEach(part -> values.addAll(part.values()));
            return new Field(String.join(",", parts.stream().map(Field::text).toList()), values);
        }

        private Field part() {
            int from = between(low, high);
            int to = between(low, high);
            int step = between(1, high);
            return switch (chance.nextInt(8)) {
                case 0 -> stretch("*/" + step, low, high, step);
                case 1 -> stretch(word(from) + '-' + word(to), from, to, 1);
                case 2 -> stretch(word(from) + '-' + word(to) + '/' + step, from, to, step);
                case 3 -> stretch(word(from) + '/' + step, from, high, step);
                case 4 -> names == WEEK ? stretch(from + "-7/" + step, from, 7, step) : stretch(word(to), to, to, 1);
                case 5 -> names == WEEK ? stretch("7", 0, 0, 1) : stretch(word(to), to, to, 1);
                default -> stretch(word(from), from, from, 1);
            };
        }

        /** Counts from one value to the other in steps, around the end of the range if need be. */
        private Field stretch(String text, int from, int to, int step) {
            int size = high - low + 1;
            int end = to < from ? to + size : to;
            SortedSet<Integer> values = new TreeSet<>();
            for (int value = from; value <= end; value += step) {
                values.add((value - low) % size + low);
            }
            return new Field(text, values);
        }

        private int between(int least, int most) {
            return least + chance.nextInt(most - least + 1);
        }

        private String word(int value) {
            return names.isEmpty() || chance.nextBoolean() ? String.valueOf(value) : names.get(value);
        }
    }
}
