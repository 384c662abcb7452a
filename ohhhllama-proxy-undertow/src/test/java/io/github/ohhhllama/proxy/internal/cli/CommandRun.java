package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.Window;
import io.github.ohhhllama.proxy.internal.ollama.Partials;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.serve.ProxyRuntime;
import io.github.ohhhllama.proxy.internal.serve.RunningProxy;
import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import io.github.ohhhllama.testing.SettableClock;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs commands with everything around them made up, and keeps what they write. */
final class CommandRun implements ProxyRuntime {

    final SettableClock clock = SettableClock.at("2026-11-23T12:00:00Z");
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final Map<String, String> variables = new HashMap<>();
    final Map<Setting, String> refusals = new HashMap<>();
    final AtomicReference<@Nullable Runnable> stop = new AtomicReference<>();
    final AtomicReference<@Nullable Runnable> hangUp = new AtomicReference<>();
    final AtomicReference<@Nullable ProxySettings> reconfigured = new AtomicReference<>();
    final AtomicBoolean closed = new AtomicBoolean();
    final AtomicReference<@Nullable ProxySettings> started = new AtomicReference<>();
    Surroundings.Pause pause = clock::advance;

    @Nullable Exception startFailure;

    @Nullable RuntimeException reconfigureFailure;

    boolean interactive;
    List<Window> windows = List.of();
    Partials partials = Partials.KEPT;
    DiskStatus disk = new DiskStatus("/models", 100_000_000_000L, 50_000_000_000L, 2_000_000_000L, null);
    Optional<Instant> timeElsewhere = Optional.empty();
    boolean databaseThere = true;

    @Nullable QueueStorageException databaseTrouble;

    /** Runs a command; returns its exit code. */
    int execute(String... arguments) {
        Surroundings surroundings = new Surroundings(
                new Environment(variables, "ada", "/home/ada"),
                new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), interactive, () -> 80),
                clock.withZone(ZoneId.of("Europe/Berlin")),
                length -> pause.take(length),
                new Signals());
        return new OhhhllamaCli(this, surroundings).commandLine().execute(arguments);
    }

    /** Lets a pause end the command after a number of them. */
    void interruptAfter(int pauses) {
        int[] left = {pauses};
        pause = length -> {
            if (left[0]-- == 0) {
                throw new InterruptedException("enough was seen");
            }
            clock.advance(length);
        };
    }

    @Override
    public Partials partials(ProxySettings settings) {
        return partials;
    }

    @Override
    public boolean examine(Path database) {
        if (databaseTrouble != null) {
            throw databaseTrouble;
        }
        return databaseThere;
    }

    @Override
    public DiskStatus disk(ProxySettings settings) {
        return disk;
    }

    @Override
    public Optional<Instant> timeElsewhere(ProxySettings settings) {
        return timeElsewhere;
    }

    @Override
    public RunningProxy start(ProxySettings settings, Supplier<Partials> loss) throws IOException {
        if (startFailure instanceof IOException io) {
            throw io;
        }
        if (startFailure instanceof RuntimeException failure) {
            throw failure;
        }
        started.set(settings);
        return new RunningProxy() {
            @Override
            public InetSocketAddress address() {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711);
            }

            @Override
            public ScheduleStatus schedule() {
                if (databaseTrouble != null) {
                    throw databaseTrouble;
                }
                return new ScheduleStatus(
                        "0 3 * * *", ZoneId.of("Europe/Berlin"), Instant.parse("2026-11-24T02:00:00Z"), null);
            }

            @Override
            public void reconfigure(ProxySettings changed) {
                if (reconfigureFailure != null) {
                    throw reconfigureFailure;
                }
                reconfigured.set(changed);
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };
    }

    /** Sends no signals by itself. */
    private final class Signals implements Surroundings.StopSignal {

        @Override
        public void onStop(Runnable task) {
            stop.set(task);
        }

        @Override
        public void onHangUp(Runnable reload) {
            hangUp.set(reload);
        }
    }

    @Override
    public List<Instant> nextStarts(QueueSettings settings, Instant after, int count) {
        Instant first = Instant.parse("2026-11-24T02:00:00Z");
        return List.of(first, first.plus(Duration.ofDays(1)), first.plus(Duration.ofDays(2)))
                .subList(0, count);
    }

    @Override
    public List<Window> nextWindows(QueueSettings settings, Instant after, int count) {
        return windows;
    }

    @Override
    public Map<Setting, String> refusals(ProxySettings settings) {
        return refusals;
    }
}
