package io.github.ohhhllama.proxy.internal.process;

import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.terminal.Colours;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.IntSupplier;

/**
 * Gathers what the commands need of the machine they run on.
 *
 * @param environment the variables, and whose process this is
 * @param terminal where output goes
 * @param clock the time, in the zone in which people here read it
 * @param pause how to wait
 * @param stopSignal how to hear that the process shall end
 */
public record Surroundings(
        Environment environment, Terminal terminal, Clock clock, Pause pause, StopSignal stopSignal) {

    /** Waits. */
    @FunctionalInterface
    public interface Pause {

        /**
         * Waits for a while.
         *
         * @param length how long
         * @throws InterruptedException if the wait shall end now
         */
        void take(Duration length) throws InterruptedException;
    }

    /** Hears that the process shall end. */
    @FunctionalInterface
    public interface StopSignal {

        /**
         * Runs something when the process shall end, and lets it end afterwards.
         *
         * @param stop runs once at most, on a thread of its own
         */
        void onStop(Runnable stop);

        /**
         * Runs something whenever the process shall read its settings again (SIGHUP, as daemons take it), in place of
         * ending it. Does nothing where there is no such signal.
         *
         * @param reload runs on a thread of its own, several at a time if the signal comes again
         */
        default void onHangUp(Runnable reload) {}
    }

    /**
     * Returns the surroundings of this process.
     *
     * @param columns tells how many characters fit on a line of its terminal; asked only if someone looks
     */
    public static Surroundings ofProcess(IntSupplier columns) {
        return new Surroundings(
                Environment.ofProcess(),
                Terminal.ofProcess(columns, WindowSize::rows),
                Clock.system(ZoneId.systemDefault()),
                length -> Thread.sleep(length.toMillis()),
                new ProcessSignals());
    }

    /** Returns colours if a person looks who does not mind them, see <a href="https://no-color.org">no-color.org</a>. */
    public Colours colours() {
        boolean unwanted = environment.variable("NO_COLOR").isPresent()
                || environment.variable("TERM").filter("dumb"::equals).isPresent();
        return new Colours(terminal.interactive() && !unwanted);
    }
}
