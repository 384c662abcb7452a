package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.queue.Adoption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Takes the predecessor's queue over. */
@Command(
        name = "adopt",
        description =
                "Takes over the queue.db of the bash and Python ohhhllama where it lies, and keeps a copy beside it."
                        + " Does nothing to any other file. No proxy may be running on the file.")
final class AdoptCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions options;

    @Spec
    private CommandSpec command = CommandSpec.create();

    AdoptCommand(Surroundings surroundings, SettingOptions options) {
        this.surroundings = surroundings;
        this.options = options;
    }

    @Override
    public Integer call() {
        Path file = options.database(command.commandLine().getParseResult());
        String text;
        try {
            text = Adoption.adopt(file, surroundings.clock())
                    .map(adoption -> report(file, adoption))
                    .orElse("nothing to take over: " + file + " is not there or is no queue of the predecessor");
        } catch (QueueStorageException refused) {
            throw new CommandFailure(ExitCode.FAILED, String.valueOf(refused.getMessage()));
        }
        surroundings.terminal().out().println(PlainText.of(text));
        return ExitCode.OK;
    }

    private static String report(Path file, Adoption adoption) {
        return "took over " + file + ": " + adoption.waiting() + " waiting, " + adoption.ended() + " ended, "
                + adoption.refused() + " marked as failed, " + adoption.repeated()
                + " left out as repeated; a copy of the old file is " + adoption.backup();
    }
}
