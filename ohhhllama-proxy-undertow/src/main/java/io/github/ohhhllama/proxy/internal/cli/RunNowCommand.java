package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.Surroundings;
import picocli.CommandLine.Command;

/** Lets one entry leave the window. */
@Command(name = "run-now", description = "Lets one entry leave the window; the others do not follow.")
final class RunNowCommand extends EntryAction {

    RunNowCommand(Surroundings surroundings, SettingOptions settings) {
        super(surroundings, settings, "run-now");
    }
}
