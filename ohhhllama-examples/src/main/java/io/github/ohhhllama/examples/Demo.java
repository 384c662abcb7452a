package io.github.ohhhllama.examples;

import io.github.ohhhllama.Download;
import io.github.ohhhllama.EntryState;
import io.github.ohhhllama.Page;
import io.github.ohhhllama.PullProgress;
import io.github.ohhhllama.QueueEntry;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueSnapshot;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.proxy.OhhhllamaProxy;
import io.github.ohhhllama.proxy.internal.cli.OhhhllamaCli;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.queue.Ohhhllama;
import io.github.ohhhllama.testing.FakeModel;
import io.github.ohhhllama.testing.FakeOllama;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plays a day and a night: a real proxy and a real queue before a simulated Ollama, in one process. Used by one thread.
 */
final class Demo {

    private static final long MEGABYTE = 1_000_000;
    private static final Duration NIGHT_AT_MOST = Duration.ofSeconds(60);
    private static final Duration FRAME = Duration.ofMillis(200);
    private static final Duration GRACE = Duration.ofSeconds(1);
    private static final int BAR = 24;
    private static final List<String> LULLABY = List.of(
            "Sleep", " well,", " dear", " line:", " by", " day", " you", " are", " free,", " and", " by", " night",
            " the", " big", " ones", " come.");

    private final DemoScreen screen;
    private final Surroundings surroundings;
    private final OhhhllamaCli cli;
    private final Tempo tempo;

    /**
     * Sets the stage.
     *
     * @param screen where to show it
     * @param surroundings the time, which really passes, and how to wait
     * @param cli whose own commands are shown
     * @param tempo how fast to play
     */
    Demo(DemoScreen screen, Surroundings surroundings, OhhhllamaCli cli, Tempo tempo) {
        this.screen = screen;
        this.surroundings = surroundings;
        this.cli = cli;
        this.tempo = tempo;
    }

    /**
     * Plays.
     *
     * @param directory where the queue is kept meanwhile
     * @return whether all models arrived
     * @throws IOException if the proxy cannot listen or be reached
     * @throws InterruptedException if somebody does not want to see the end
     */
    boolean play(Path directory) throws IOException, InterruptedException {
        Instant nightfall = now().plus(tempo.day()).truncatedTo(ChronoUnit.SECONDS);
        try (FakeOllama ollama = simulatedOllama();
                Ohhhllama ohhhllama = queue(directory.resolve("queue.db"), ollama.uri(), nightfall);
                OhhhllamaProxy proxy = proxy(ohhhllama, ollama.uri())) {
            ohhhllama.start();
            URI address = URI.create("http://127.0.0.1:" + proxy.port());
            DemoClient client = new DemoClient(address);
            introduce(ohhhllama, address);
            day(client, address);
            awaitNightfall(nightfall, ollama);
            boolean arrived = night(ohhhllama.queue());
            morning(client);
            return arrived;
        }
    }

    private FakeOllama simulatedOllama() {
        return FakeOllama.start()
                .install(FakeModel.of("tiny", 40 * MEGABYTE))
                .offer(FakeModel.of("llama3.2:3b", 2_000 * MEGABYTE))
                .offer(FakeModel.of("mistral", 3_600 * MEGABYTE))
                .offer(FakeModel.of("phi3", 1_600 * MEGABYTE))
                .pace(tempo.line())
                .say(LULLABY, tempo.tokens());
    }

    /** Opens a queue whose schedule is a Quartz expression, as only those know seconds. */
    private Ohhhllama queue(Path database, URI ollama, Instant nightfall) {
        OffsetDateTime local = nightfall.atZone(surroundings.clock().getZone()).toOffsetDateTime();
        return Ohhhllama.builder(database)
                .registry(Registry.NONE)
                .backend(ollama)
                .schedule(local.getSecond() + " " + local.getMinute() + " " + local.getHour() + " * * ?")
                // The offset of this hour: the demo has to work on the days when the clocks change, too.
                .zone(local.getOffset())
                .clock(surroundings.clock())
                .build();
    }

    private OhhhllamaProxy proxy(Ohhhllama ohhhllama, URI ollama) throws IOException {
        return OhhhllamaProxy.builder(ohhhllama.queue(), ohhhllama.ollama())
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .backend(ollama)
                .grace(GRACE)
                .zone(surroundings.clock().getZone())
                .clock(surroundings.clock())
                .start();
    }

    private void introduce(Ohhhllama ohhhllama, URI address) {
        screen.title();
        screen.say("The real ohhhllama, at " + address + ", before a simulated Ollama.");
        screen.say("Its QUEUE_SCHEDULE is \"" + ohhhllama.queue().schedule().expression() + "\".");
    }

    private void day(DemoClient client, URI address) throws IOException, InterruptedException {
        screen.part("It is day. Three people want a model, each with a client of their own");
        ask(client, DemoClient.CLI, "{\"model\":\"llama3.2:3b\"}", "$ ollama pull llama3.2:3b");
        String curl = "$ curl " + address + "/api/pull -d ";
        ask(client, DemoClient.CURL, "{\"model\":\"mistral\"}", curl + "'{\"model\":\"mistral\"}'");
        String again = "{\"model\":\"Library/Mistral:latest\"}";
        ask(client, DemoClient.CURL, again, curl + "'" + again + "'");
        screen.say("  (the same model, spelled differently: one entry, and nothing is charged)");
        ask(client, DemoClient.PYTHON, "{\"model\":\"phi3\",\"stream\":false}", ">>> ollama.pull(\"phi3\")");
        screen.prompt("$ ohhhllama queue");
        cli.commandLine().execute("queue", "--proxy", address.toString());
        read();
        screen.part("Meanwhile everything else passes, token by token");
        screen.prompt("$ ollama run tiny \"Good night!\"");
        screen.token("  ");
        client.chat("tiny", screen::token);
        screen.endOfTokens();
    }

    private void ask(DemoClient client, String agent, String body, String shown)
            throws IOException, InterruptedException {
        screen.prompt(shown);
        client.pull(agent, body, screen::answer);
        read();
    }

    private void read() throws InterruptedException {
        surroundings.pause().take(tempo.reading());
    }

    private void awaitNightfall(Instant nightfall, FakeOllama ollama) throws InterruptedException {
        if (now().isBefore(nightfall)) {
            screen.say("");
            screen.say("Bytes fetched by day: " + fetched(ollama) + ". The line is free for everybody.");
        }
        for (Duration left = until(nightfall); !left.isNegative(); left = until(nightfall)) {
            screen.state("The window opens in " + (left.toSeconds() + 1) + " s", "waiting");
            surroundings.pause().take(FRAME);
        }
        screen.part("It is night. The window is open");
    }

    private Duration until(Instant moment) {
        return Duration.between(now(), moment);
    }

    private Instant now() {
        return surroundings.clock().instant();
    }

    private boolean night(QueueService queue) throws InterruptedException {
        Set<Long> told = new HashSet<>();
        Instant dawn = now().plus(NIGHT_AT_MOST);
        while (now().isBefore(dawn)) {
            QueueSnapshot snapshot = queue.snapshot(Page.FIRST);
            snapshot.recent().stream()
                    .sorted(Comparator.comparing(QueueEntry::id))
                    .filter(entry -> told.add(entry.id()))
                    .forEach(entry -> screen.say(ended(entry)));
            if (snapshot.queue().isEmpty()) {
                return snapshot.counts().failed() == 0;
            }
            snapshot.queue().stream()
                    .filter(entry -> entry.state() == EntryState.DOWNLOADING)
                    .forEach(entry -> screen.state(running(entry), step(entry)));
            surroundings.pause().take(FRAME);
        }
        return false;
    }

    private void morning(DemoClient client) throws IOException, InterruptedException {
        screen.part("It is morning");
        screen.prompt("$ ollama list");
        client.models().forEach(screen::answer);
        screen.say("");
        screen.say("Now for real: ./ohhhllama serve");
    }

    private static String ended(QueueEntry entry) {
        boolean isHere = entry.state() == EntryState.COMPLETED;
        return line(entry, isHere ? BAR : 0)
                + (isHere ? "is here" : entry.attempts().lastError().orElse("failed"));
    }

    private static String running(QueueEntry entry) {
        PullProgress progress = progress(entry);
        if (progress.total() == 0) {
            return line(entry, 0) + "begins";
        }
        long rate = entry.downloaded().map(Download::bytesPerSecond).orElse(0L);
        return line(entry, share(progress, BAR))
                + Amounts.size(progress.completed()) + " of " + Amounts.size(progress.total()) + ", "
                + Amounts.size(rate) + "/s";
    }

    /** Names the quarter of the download, so that where nobody looks there are not too many lines. */
    private static String step(QueueEntry entry) {
        return entry.id() + " " + share(progress(entry), 4);
    }

    private static PullProgress progress(QueueEntry entry) {
        return entry.downloaded().map(Download::progress).orElse(PullProgress.of(""));
    }

    private static int share(PullProgress progress, int whole) {
        return progress.total() == 0 ? 0 : (int) (whole * progress.completed() / progress.total());
    }

    private static String line(QueueEntry entry, int filled) {
        return "  %-14s [%s%s]  ".formatted(entry.model().display(), "#".repeat(filled), ".".repeat(BAR - filled));
    }

    private static long fetched(FakeOllama ollama) {
        return List.of("llama3.2:3b", "mistral", "phi3").stream()
                .mapToLong(ollama::downloaded)
                .sum();
    }
}
