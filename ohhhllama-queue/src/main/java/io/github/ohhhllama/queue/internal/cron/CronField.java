package io.github.ohhhllama.queue.internal.cron;

/**
 * Names a field of a cron expression for the person who wrote it.
 *
 * @param index its place among the fields, from 0
 * @param title what it is called
 * @param range which values it takes
 */
record CronField(int index, String title, String range) {

    /** Returns the expression made of these fields with this one replaced. */
    String replacedIn(String[] fields, String value) {
        String[] copy = fields.clone();
        copy[index] = value;
        return String.join(" ", copy);
    }

    /** Returns the complaint about a value that does not belong here. */
    IllegalArgumentException refuse(String value, String syntax, Exception cause) {
        return new IllegalArgumentException(
                title + " \"" + value + "\" is wrong, expected " + range + ", " + syntax, cause);
    }
}
