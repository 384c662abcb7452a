package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.queue.QueueFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup in the place of the queue. */
@Command(
        name = "restore",
        description =
                "Puts a backup in the place of the queue, and keeps what was there beside it. No proxy may be running"
                        + " on the queue.")
final class RestoreCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions options;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A file that \"backup\" wrote.")
    private Path backup = Path.of("");

    RestoreCommand(Surroundings surroundings, SettingOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        Path database = options.database(command.commandLine().getParseResult());
        Optional<Path> kept;
        try {
            kept = new QueueFile(database).restore(backup, surroundings.clock());
        } catch (IOException failed) {
            throw new CommandFailure(ExitCode.FAILED, "nothing was restored: " + IoFailure.words(failed));
        } catch (QueueStorageException refused) {
            throw new CommandFailure(ExitCode.FAILED, "nothing was restored: " + refused.getMessage());
        }
        String before = kept.map(file -> "; what was there is " + file).orElse("");
        surroundings.terminal().out().println(PlainText.of("restored " + database + " from " + backup + before));
        return ExitCode.OK;
    }
}
