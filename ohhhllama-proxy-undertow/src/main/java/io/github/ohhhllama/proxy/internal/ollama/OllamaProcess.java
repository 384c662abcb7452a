package io.github.ohhhllama.proxy.internal.ollama;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs {@code ollama serve} as a child, once nobody else is at its address: starts it anew with growing pauses if it dies,
 * and ends it with us.
 *
 * <p>Thread-safe. Two daemon threads belong to it: one watches the child, one reads what it writes.
 */
final class OllamaProcess implements AutoCloseable {

    private final Path program;
    private final String address;
    private final Timing timing;
    private final Clock clock;
    private final BooleanSupplier taken;
    private final Consumer<String> output;
    private final CountDownLatch retired = new CountDownLatch(1);
    private final Thread supervisor = new Thread(this::supervise, "ohhhllama-ollama");

    /** Guarded by this; written by the supervisor only. */
    private @Nullable Process child;

    /**
     * Creates the child's supervisor; nothing runs yet.
     *
     * @param program the {@code ollama} executable
     * @param address the host and port it shall listen on
     * @param timing how patient to be
     * @param clock tells how long a child lived
     * @param taken tells whether somebody is at the address; while there is, no child is started
     * @param output is given each line the child writes, and lines of our own about it
     */
    OllamaProcess(
            Path program, String address, Timing timing, Clock clock, BooleanSupplier taken, Consumer<String> output) {
        this.program = program;
        this.address = address;
        this.timing = timing;
        this.clock = clock;
        this.taken = taken;
        this.output = output;
        supervisor.setDaemon(true);
    }

    /**
     * Says how patient a supervisor is.
     *
     * @param firstPause before the first restart; doubles with each that follows
     * @param longestPause where the doubling ends
     * @param healthy a child that lived this long was well: the pauses begin anew
     * @param farewell how long a child may take to end before it is killed
     */
    record Timing(Duration firstPause, Duration longestPause, Duration healthy, Duration farewell) {

        /** For people who wait. */
        static final Timing USUAL = new Timing(
                Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(10));
    }

    /** Starts the child. */
    void start() {
        supervisor.start();
    }

    /** Lets the child live, but starts it no more; call it first, since Ctrl-C in a terminal ends the child as well. */
    void retire() {
        retired.countDown();
    }

    /** Ends the child: asks it to, and kills it if it takes too long. */
    @Override
    public void close() {
        retire();
        Process running = child();
        if (running != null) {
            running.destroy();
            if (!ends(running)) {
                output.accept("Ollama did not end within " + timing.farewell().toSeconds() + " s and is killed.");
                running.destroyForcibly();
            }
        }
        try {
            supervisor.join(timing.farewell().toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ends(Process running) {
        try {
            return running.waitFor(timing.farewell().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void supervise() {
        Duration pause = timing.firstPause();
        try {
            while (retired.getCount() > 0) {
                if (taken.getAsBoolean()) {
                    if (retired.await(timing.firstPause().toMillis(), TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    continue;
                }
                Instant started = clock.instant();
                String end = runOnce();
                // Ctrl-C ends the child before this program is told of it.
                if (retired.await(timing.firstPause().toMillis() / 2, TimeUnit.MILLISECONDS)) {
                    return;
                }
                boolean wasWell = Duration.between(started, clock.instant()).compareTo(timing.healthy()) >= 0;
                pause = wasWell ? timing.firstPause() : pause;
                output.accept("Ollama " + end + "; it is started again in " + pause.toMillis() / 1000.0 + " s.");
                if (retired.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
                Duration doubled = pause.multipliedBy(2);
                pause = doubled.compareTo(timing.longestPause()) > 0 ? timing.longestPause() : doubled;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns how the child ended, in words. */
    private String runOnce() throws InterruptedException {
        try {
            Process started = launch();
            return started == null ? "was not started" : "ended with exit code " + started.waitFor();
        } catch (IOException notStarted) {
            return "could not be started (" + notStarted.getMessage() + ')';
        }
    }

    private synchronized @Nullable Process launch() throws IOException {
        if (retired.getCount() == 0) {
            return null;
        }
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "serve").redirectErrorStream(true);
        builder.environment().put("OLLAMA_HOST", address);
        // Without it Ollama throws half-finished downloads away whenever it starts.
        builder.environment().put("OLLAMA_NOPRUNE", "1");
        Process started = builder.start();
        child = started;
        Thread reader = new Thread(() -> read(started), "ohhhllama-ollama-output");
        reader.setDaemon(true);
        reader.start();
        return started;
    }

    private synchronized @Nullable Process child() {
        return child;
    }

    private void read(Process process) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(output);
        } catch (IOException | UncheckedIOException closed) {
            // The pipe breaks when the child is killed; there is nothing left to read then.
        }
    }
}
