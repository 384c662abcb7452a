package io.github.ohhhllama.proxy.internal.terminal;

import java.io.Console;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Says where output goes.
 *
 * @param out what was asked for
 * @param err everything else
 * @param interactive whether a person looks at both as they are written
 * @param columns tells how wide the window is; asked only if someone looks
 * @param rows tells how high the window is; asked only if someone looks
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive, IntSupplier columns, IntSupplier rows) {

    private static final int USUAL_ROWS = 24;

    /**
     * Creates a terminal of the usual height.
     *
     * @param out what was asked for
     * @param err everything else
     * @param interactive whether a person looks at both as they are written
     * @param columns tells how wide the window is; asked only if someone looks
     */
    public Terminal(PrintWriter out, PrintWriter err, boolean interactive, IntSupplier columns) {
        this(out, err, interactive, columns, () -> USUAL_ROWS);
    }

    /**
     * Returns the terminal of this process.
     *
     * @param columns tells how wide the window is
     * @param rows tells how high the window is, 0 if that is not known
     */
    public static Terminal ofProcess(IntSupplier columns, IntSupplier rows) {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
        // Files and pipes get UTF-8; a terminal what its locale says it can show.
        Charset charset = console.map(Console::charset).orElse(StandardCharsets.UTF_8);
        return new Terminal(
                new PrintWriter(new OutputStreamWriter(System.out, charset), true),
                new PrintWriter(new OutputStreamWriter(System.err, charset), true),
                console.isPresent(),
                columns,
                rows);
    }

    /** Returns how many characters fit on a line; any number if nobody looks, as scripts want whole lines. */
    public int width() {
        return interactive ? columns.getAsInt() : Integer.MAX_VALUE;
    }

    /** Returns how many lines can be seen at once; any number if nobody looks. */
    public int height() {
        if (!interactive) {
            return Integer.MAX_VALUE;
        }
        int known = rows.getAsInt();
        return known > 0 ? known : USUAL_ROWS;
    }

    /** From Java 22 on there is a console even where there is no terminal, and a method to ask it, which 17 has not. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }
}
