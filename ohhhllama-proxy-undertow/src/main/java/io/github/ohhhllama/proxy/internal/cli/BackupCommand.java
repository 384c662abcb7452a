package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.queue.QueueFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies the queue. */
@Command(
        name = "backup",
        description = "Copies the queue into a file, also while the proxy runs. The file is whole, or it is not there.")
final class BackupCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions options;

    @Spec
    private CommandSpec command = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The copy.")
    private Path target = Path.of("");

    @Option(names = "--force", description = "Lets the copy take the place of another file.")
    private boolean force;

    BackupCommand(Surroundings surroundings, SettingOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        Path database = options.database(command.commandLine().getParseResult());
        try {
            new QueueFile(database).backUp(target, force);
        } catch (FileAlreadyExistsException taken) {
            String why = Optional.ofNullable(taken.getReason()).orElse("--force overwrites a file");
            throw new CommandFailure(ExitCode.CONFLICT, target + " is there already; " + why);
        } catch (IOException failed) {
            throw new CommandFailure(ExitCode.FAILED, "no backup was made: " + IoFailure.words(failed));
        } catch (QueueStorageException refused) {
            throw new CommandFailure(ExitCode.FAILED, "no backup was made: " + refused.getMessage());
        }
        surroundings.terminal().out().println(PlainText.of("copied " + database + " to " + target));
        return ExitCode.OK;
    }
}
