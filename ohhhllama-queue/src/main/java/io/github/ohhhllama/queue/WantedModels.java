package io.github.ohhhllama.queue;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.InvalidModelNameException;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Requester;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a list of models to have, one name a line, and queues those that are not here. What follows a {@code #} is a
 * remark. The file is read anew every time. Thread-safe.
 */
final class WantedModels {

    private static final Requester WANTED = Requester.named("wanted");
    private static final Logger LOG = LoggerFactory.getLogger(WantedModels.class);

    private final OllamaClient ollama;
    private final NightOrders orders;

    WantedModels(OllamaClient ollama, NightOrders orders) {
        this.ollama = ollama;
        this.orders = orders;
    }

    /**
     * Queues what is wanted and not here; a line that is not a name is logged and left out.
     *
     * @param file the list
     */
    void reconcile(Path file) {
        Set<String> here = ollama.installedModels().stream()
                .map(InstalledModel::name)
                .map(ModelName::key)
                .collect(Collectors.toSet());
        for (ModelName wanted : read(file)) {
            if (!here.contains(wanted.key())) {
                orders.order(new PullRequest(wanted, WANTED, false, false));
            }
        }
    }

    private List<ModelName> read(Path file) {
        List<ModelName> names = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                String name = line.replaceFirst("#.*", "").strip();
                if (!name.isEmpty()) {
                    add(names, name, file + ", line " + number);
                }
            }
        } catch (IOException unreadable) {
            LOG.warn("the list of wanted models {} cannot be read: {}", file, unreadable.toString());
        }
        return names;
    }

    private static void add(List<ModelName> names, String name, String place) {
        try {
            names.add(ModelName.parse(name));
        } catch (InvalidModelNameException invalid) {
            LOG.warn("{}: expected the name of a model, was \"{}\"", place, name);
        }
    }
}
