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
 */
public record Terminal(PrintWriter out, PrintWriter err, boolean interactive, IntSupplier columns) {

    /**
     * Returns the terminal of this process.
     *
     * @param columns tells how wide the window is
     */
    public static Terminal ofProcess(IntSupplier columns) {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
        // Files and pipes get UTF-8; a terminal what its locale says it can show.
        Charset charset = console.map(Console::charset).orElse(StandardCharsets.UTF_8);
        return new Terminal(
                new PrintWriter(new OutputStreamWriter(System.out, charset), true),
                new PrintWriter(new OutputStreamWriter(System.err, charset), true),
                console.isPresent(),
                columns);
    }

    /** Returns how many characters fit on a line; any number if nobody looks, as scripts want whole lines. */
    public int width() {
        return interactive ? columns.getAsInt() : Integer.MAX_VALUE;
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
