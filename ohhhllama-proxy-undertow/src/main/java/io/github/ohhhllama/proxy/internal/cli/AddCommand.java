package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.proxy.internal.json.ActionView;
import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Queues models. */
@Command(name = "add", description = "Queues models.")
final class AddCommand implements Callable<Integer> {

    private final Surroundings surroundings;
    private final SettingOptions settings;

    @Mixin
    private final ProxyOptions options = new ProxyOptions();

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "What to queue, for instance mistral:7b.")
    private List<String> models = List.of();

    @Option(names = "--wait", description = "Waits until they are downloaded, and shows how far that is.")
    private boolean wait;

    @Option(names = "--insecure", description = "Lets Ollama speak plain HTTP to the registry.")
    private boolean insecure;

    @Option(names = "--dry-run", description = "Queues nothing; tells size, start, and when they would be there.")
    private boolean dryRun;

    @Option(
            names = "--priority",
            paramLabel = "PRIORITY",
            description = "How urgent it is: high, normal or low. Default: normal.")
    private @Nullable String priority;

    AddCommand(Surroundings surroundings, SettingOptions settings) {
        this.surroundings = surroundings;
        this.settings = settings;
    }

    @Override
    public Integer call() {
        models.forEach(AddCommand::check);
        String query = query();
        ProxyClient client = options.client(settings);
        ActionReport report = new ActionReport(
                surroundings.terminal(), options, surroundings.clock().getZone());
        Set<Long> queued = new LinkedHashSet<>();
        for (String model : models) {
            Answer<ActionView> answer = client.act("/api/pull" + query, ApiJson.pull(model, insecure));
            if (report.add(model, answer) && answer.view().queueId() != null) {
                queued.add(answer.view().queueId());
            }
        }
        if (!wait || dryRun || queued.isEmpty()) {
            return report.exitCode();
        }
        int waited = new QueueWait(client, surroundings, options.talks()).forEntries(queued);
        return report.exitCode() == ExitCode.OK ? waited : report.exitCode();
    }

    private String query() {
        List<String> parameters = new ArrayList<>();
        if (dryRun) {
            parameters.add("dry_run=true");
        }
        if (priority != null) {
            parameters.add("priority=" + PriorityOption.parse(priority).word());
        }
        return parameters.isEmpty() ? "" : '?' + String.join("&", parameters);
    }

    private static void check(String model) {
        try {
            ModelName.parse(model);
        } catch (InvalidModelNameException invalid) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "\"" + model + "\" is not the name of a model, expected something like mistral or llama3:70b ("
                            + invalid.getMessage() + ')');
        }
    }
}
