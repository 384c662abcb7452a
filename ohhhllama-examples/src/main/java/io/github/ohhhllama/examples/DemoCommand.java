package io.github.ohhhllama.examples;

import io.github.ohhhllama.OhhhllamaException;
import io.github.ohhhllama.proxy.internal.cli.OhhhllamaCli;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Logging;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** Shows everything before a simulated Ollama, and leaves nothing behind. */
@Command(name = "demo", description = "Plays a day and a night before a simulated Ollama, in half a minute.")
final class DemoCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int INTERRUPTED = 130;

    private final Surroundings surroundings;
    private final OhhhllamaCli cli;
    private final Tempo tempo;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);

    /**
     * Creates the command.
     *
     * @param surroundings the machine it runs on
     * @param cli whose own commands the demo shows
     * @param tempo how fast it plays
     */
    DemoCommand(Surroundings surroundings, OhhhllamaCli cli, Tempo tempo) {
        this.surroundings = surroundings;
        this.cli = cli;
        this.tempo = tempo;
    }

    @Override
    public Integer call() throws Exception {
        Logging.configure("error");
        Thread player = Thread.currentThread();
        surroundings.stopSignal().onStop(() -> leave(player));
        Path directory = Files.createTempDirectory("ohhhllama-demo-");
        try {
            return play(directory) ? ExitCode.OK : ExitCode.FAILED;
        } catch (InterruptedException | OhhhllamaException | IOException ended) {
            if (!leaving.get()) {
                throw ended;
            }
            // A channel that an interrupt closes leaves it set, and it was meant for the play alone.
            boolean unused = Thread.interrupted();
            return INTERRUPTED;
        } finally {
            delete(directory);
            over.countDown();
        }
    }

    private boolean play(Path directory) throws IOException, InterruptedException {
        DemoScreen screen = new DemoScreen(surroundings.terminal());
        try {
            return new Demo(screen, surroundings, cli, tempo).play(directory);
        } finally {
            screen.clear();
        }
    }

    /** Ends the play early and waits until the stage is empty; does nothing when it is over. */
    private void leave(Thread player) {
        if (over.getCount() == 0) {
            return;
        }
        leaving.set(true);
        player.interrupt();
        try {
            if (!over.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                surroundings.terminal().err().println("ohhhllama: the demo took too long to end and was broken off");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> innermostFirst;
        try (Stream<Path> files = Files.walk(directory)) {
            innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : innermostFirst) {
            Files.deleteIfExists(file);
        }
    }
}
