package io.github.ohhhllama.examples;

import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueListener;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import io.github.ohhhllama.testing.FakeRegistry;
import io.github.ohhhllama.testing.Pacing;
import io.github.ohhhllama.testing.SettableClock;
import io.github.ohhhllama.testing.SteppedPacing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/**
 * Is a day or a night that is the same each time: a real queue, a real proxy and the real commands, before a simulated Ollama and by a
 * clock that is set. What a machine has of its own (the ports that were free, the room on its disk) is exchanged in what the
 * commands print. Used by one thread.
 */
final class Rehearsal implements AutoCloseable {

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String WINDOWS = "daily 23:00-06:00";
    private static final long MB = 1_000_000;
    private static final int COLUMNS = 106;
    private static final int LIMIT = 10;

    /** Shorter than a lease. */
    private static final Duration STEP = Duration.ofSeconds(4);

    private static final long BYTES_PER_STEP = 46 * MB;

    private final SettableClock clock;
    private final SteppedPacing line = Pacing.stepped(BYTES_PER_STEP);
    private final Looks looks = new Looks();
    private final FakeOllama ollama = FakeOllama.start().version("0.33.0").pace(line);
    private final FakeRegistry registry = new FakeRegistry();
    private final Ohhhllama ohhhllama;
    private final OhhhllamaProxy proxy;

    /** Hears of each look at the running download. */
    private static final class Looks implements QueueListener {

        private final Semaphore bytes = new Semaphore(0);
        private final Semaphore all = new Semaphore(0);

        @Override
        public void received(long count) {
            bytes.release((int) (count / BYTES_PER_STEP));
        }

        @Override
        public void progressed(QueueEntry entry) {
            all.release();
        }
    }

    /**
     * Begins.
     *
     * @param directory where the queue is kept meanwhile
     * @param moment what time it is, ISO-8601 in UTC
     * @throws IOException if the proxy cannot listen
     */
    Rehearsal(Path directory, String moment) throws IOException {
        clock = SettableClock.at(moment);
        ohhhllama = Ohhhllama.builder(directory.resolve("queue.db"))
                .backend(ollama.uri())
                .registry(registry)
                .environment(Map.of())
                .zone(ZONE)
                .windows(WINDOWS)
                .rateLimit(LIMIT)
                .clock(clock)
                .listener(looks)
                .build();
        proxy = OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(ollama.uri())
                .grace(Duration.ofSeconds(1))
                .zone(ZONE)
                .clock(clock)
                .start();
        offer("phi3:mini", 2_200);
        offer("llama3.3:70b", 42_520);
        offer("gemma3:27b", 17_396);
        offer("mistral-small:24b", 14_333);
        offer("gpt-oss:120b", 65_369);
        offer("nomic-embed-text", 274);
    }

    private void offer(String model, long megabytes) {
        FakeModel offered = FakeModel.of(model, megabytes * MB);
        ollama.offer(offered);
        registry.offer(offered);
    }

    /** Puts models into the queue, as this machine would. */
    void queue(List<String> models) {
        for (String model : models) {
            ohhhllama.queue().enqueue(PullRequest.of(ModelName.parse(model), Requester.named("127.0.0.1")));
        }
    }

    /**
     * Lets the first download come so far, by night.
     *
     * @param steps how many pieces
     * @throws InterruptedException if nobody waits for it any more
     */
    void download(int steps) throws InterruptedException {
        ohhhllama.start();
        for (int step = 0; step < steps; step++) {
            line.step();
            looks.bytes.acquire();
            clock.advance(STEP);
        }
        looks.all.drainPermits();
        // The look after the next one began when all had been written down.
        looks.all.acquire(2);
    }

    /**
     * Runs a command on a terminal.
     *
     * @param command its words
     */
    List<String> run(String... command) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        Clock here = clock.withZone(ZONE);
        Surroundings surroundings = new Surroundings(
                new Environment(Map.of("LISTEN_PORT", Integer.toString(proxy.port())), "ada", "/home/ada"),
                new Terminal(writer, writer, true, () -> COLUMNS),
                here,
                length -> clock.advance(length),
                stop -> {});
        io.github.ohhhllama.proxy.internal.cli.Main.cli(surroundings)
                .commandLine()
                .execute(command);
        return usual(out.toString()).lines().toList();
    }

    /** Returns where clients reach it. */
    URI address() {
        return URI.create("http://127.0.0.1:" + proxy.port());
    }

    /** Says what a machine like everybody's would say. */
    String usual(String text) {
        return text.replace("127.0.0.1:" + proxy.port(), "127.0.0.1:11434")
                .replace("127.0.0.1:" + ollama.port(), "127.0.0.1:11435")
                .replaceAll(
                        "\\d+(?:\\.\\d+)? [kMGT]B are free where the database is",
                        "412 GB are free where the database is");
    }

    @Override
    public void close() {
        line.finish();
        proxy.close();
        ohhhllama.close();
        ollama.close();
    }
}
