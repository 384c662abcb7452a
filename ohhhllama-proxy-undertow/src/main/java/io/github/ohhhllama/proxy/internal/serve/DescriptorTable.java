package io.github.ohhhllama.proxy.internal.serve;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The kernel's table of what this process has open, of which every stream needs two entries.
 *
 * <p>Linux doubles a full table, and in a process with several threads it waits until every processor has let go of the old
 * one ({@code expand_fdtable} in its {@code fs/file.c}): 6 to 24 ms, for which the thread that opens a connection stands
 * still, and all streams that it carries. A table never shrinks, so it is made large before anybody waits for a stream.
 */
final class DescriptorTable {

    /** What Linux tells about this process (proc(5)). */
    static final Path LINUX = Path.of("/proc/self");

    private static final Logger LOG = LoggerFactory.getLogger(DescriptorTable.class);

    /** Enough for 2,000 streams; rounded up by the kernel to 4,096, of 8 bytes each. */
    private static final int WANTED = 4000;

    private static final Pattern SIZE = Pattern.compile("FDSize:\\s+(\\d+)");
    private static final Pattern LIMIT = Pattern.compile("Max open files\\s+(\\d+)\\s.*");

    private final Path process;

    /**
     * Creates the table.
     *
     * @param process {@link #LINUX}
     */
    DescriptorTable(Path process) {
        this.process = process;
    }

    /** Makes room, in a thread of its own: nothing has to wait for it. */
    void widenSoon() {
        Thread widening = new Thread(this::widen, "ohhhllama-descriptors");
        widening.setDaemon(true);
        widening.start();
    }

    /** Makes room by having as much open for a moment; does nothing on other systems, or where there is room. */
    void widen() {
        Deque<Closeable> open = new ArrayDeque<>();
        try {
            for (int missing = missing(); missing > 0; missing--) {
                open.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException scarce) {
            LOG.debug("The table of open files has room for no more", scarce);
        } finally {
            open.forEach(DescriptorTable::close);
        }
    }

    /**
     * Counts how many have to be open at once for the table to be large enough.
     *
     * @return none if it is; never more than half of what the process may have open, as others are opening files meanwhile
     */
    int missing() {
        try {
            int size = number("status", SIZE);
            int room = Math.min(WANTED, number("limits", LIMIT) / 2);
            return size < room ? room : 0;
        } catch (IOException | NumberFormatException elsewhere) {
            LOG.debug("The table of open files is left as it is", elsewhere);
            return 0;
        }
    }

    private int number(String file, Pattern pattern) throws IOException {
        try (Stream<String> lines = Files.lines(process.resolve(file))) {
            return lines.map(pattern::matcher)
                    .filter(Matcher::matches)
                    .map(found -> Integer.parseInt(found.group(1)))
                    .findFirst()
                    .orElseThrow(() -> new IOException(process.resolve(file) + " has no line like " + pattern));
        }
    }

    private static void close(Closeable file) {
        try {
            file.close();
        } catch (IOException unharmed) {
            LOG.debug("A file that was open for its place in the table was not closed in good order", unharmed);
        }
    }
}
