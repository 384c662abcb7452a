package io.github.ohhhllama.queue.internal.window;

import io.github.ohhhllama.Window;
import io.github.ohhhllama.queue.internal.cron.WallClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is an iCalendar file whose events are black-outs; the file may change while it is in use.
 *
 * <p>{@link #refresh()} looks whether it did. A file that is broken or gone then changes nothing: what was read last stays
 * in force, and {@link #problem()} tells. Thread-safe.
 */
public final class BlackoutCalendar implements Blackouts {

    private final Path file;
    private final WallClock clock;
    private volatile CalendarEvents events;
    private volatile @Nullable String problem;

    // Guarded by this.
    private @Nullable Stamp stamp;

    private BlackoutCalendar(Path file, WallClock clock, CalendarEvents events, Stamp stamp) {
        this.file = file;
        this.clock = clock;
        this.events = events;
        this.stamp = stamp;
    }

    /**
     * Reads a calendar.
     *
     * @param file the file
     * @param zone the zone for whole days, and for times without a zone
     * @throws IllegalArgumentException if it cannot be read or is no calendar; the message names the file and, where
     *     there is one, the line
     */
    public static BlackoutCalendar open(Path file, ZoneId zone) {
        WallClock clock = new WallClock(zone);
        try {
            Stamp stamp = Stamp.of(file);
            return new BlackoutCalendar(file, clock, read(file, clock), stamp);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(unreadable(file, unreadable), unreadable);
        }
    }

    @Override
    public List<Window> in(int year) {
        return events.in(year);
    }

    /** Reads the file again if its time or its size is another than the last time. */
    public synchronized void refresh() {
        try {
            Stamp now = Stamp.of(file);
            if (now.equals(stamp)) {
                return;
            }
            stamp = now;
            events = read(file, clock);
            problem = null;
        } catch (IllegalArgumentException broken) {
            problem = broken.getMessage() + "; what was read before stays in force";
        } catch (IOException unreadable) {
            stamp = null;
            problem = unreadable(file, unreadable) + "; what was read before stays in force";
        }
    }

    /** Returns what was wrong with the file when it was last looked at, a sentence that names it; empty if nothing. */
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    private static CalendarEvents read(Path file, WallClock clock) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        try {
            return CalendarEvents.parse(text, clock);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("calendar " + file + ": " + wrong.getMessage(), wrong);
        }
    }

    private static String unreadable(Path file, IOException why) {
        return "calendar " + file + " cannot be read (" + why.getClass().getSimpleName()
                + "), expected an iCalendar file";
    }

    /** Tells one state of a file from another; the key is the inode, where there is one. */
    private record Stamp(FileTime time, long size, @Nullable String key) {

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(
                    attributes.lastModifiedTime(), attributes.size(), Objects.toString(attributes.fileKey(), null));
        }
    }
}
