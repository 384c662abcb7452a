package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks the proxy to do something with one entry that needs no more words. */
abstract class EntryAction implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;
    private final String verb;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Parameters(paramLabel = "ID", description = "The entry's number.")
    private long id;

    /**
     * Creates the command.
     *
     * @param verb what to do, as it ends the path of the request
     */
    EntryAction(Surroundings surroundings, SettingOptions settings, String verb) {
        this.surroundings = surroundings;
        this.settings = settings;
        this.verb = verb;
    }

    @Override
    public final Integer call() {
        ActionReport report = new ActionReport(
                surroundings.terminal(), options, surroundings.clock().getZone());
        report.add("entry " + id, options.client(settings).act("/api/queue/" + id + '/' + verb, "{}"));
        return report.exitCode();
    }
}
