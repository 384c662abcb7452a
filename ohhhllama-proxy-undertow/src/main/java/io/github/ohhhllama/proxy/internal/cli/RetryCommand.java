package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.Surroundings;
import picocli.CommandLine.Command;

/** Gives an entry another chance. */
@Command(name = "retry", description = "Gives an entry another chance that failed, or pauses after a failed attempt.")
final class RetryCommand extends EntryAction {

    RetryCommand(Surroundings surroundings, SettingOptions settings) {
        super(surroundings, settings, "retry");
    }
}
