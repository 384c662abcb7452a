package io.github.ohhhllama.queue;

import io.github.ohhhllama.InstalledModel;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.OllamaClient;
import io.github.ohhhllama.OutdatedModel;
import io.github.ohhhllama.Priority;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.Registry;
import io.github.ohhhllama.RegistryAnswer;
import io.github.ohhhllama.Requester;
import io.github.ohhhllama.queue.internal.sqlite.RefreshMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the models that are here with what their registries have, and queues what changed. Thread-safe.
 *
 * <p>Only the manifests are asked for, a few kilobytes each, one after the other with pauses between them. A registry is
 * spoken to as it was when the model was asked for last.
 */
final class FreshModels {

    private static final Requester REFRESH = Requester.named("refresh");

    /** The longest pause between two questions. */
    private static final Duration JITTER = Duration.ofSeconds(4);

    private static final Duration SLACK = Duration.ofHours(12);
    private static final Logger LOG = LoggerFactory.getLogger(FreshModels.class);

    private final OllamaClient ollama;
    private final Registry registry;
    private final Predicate<ModelName> insecure;
    private final NightOrders orders;
    private final RefreshMemory memory;
    private final Errands errands;
    private final Supplier<Rule> rules;
    private final DoubleSupplier chance;
    private final Clock clock;

    /**
     * Says which models are kept fresh.
     *
     * @param every how often they are compared; zero for never
     * @param models which models
     * @param pinned which of them stay as they are
     */
    record Rule(Duration every, ModelPatterns models, ModelPatterns pinned) {

        boolean covers(ModelName model) {
            return models.fit(model) && !pinned.fit(model);
        }
    }

    FreshModels(
            OllamaClient ollama,
            Registry registry,
            Predicate<ModelName> insecure,
            NightOrders orders,
            RefreshMemory memory,
            Errands errands,
            Supplier<Rule> rules,
            DoubleSupplier chance,
            Clock clock) {
        this.ollama = ollama;
        this.registry = registry;
        this.insecure = insecure;
        this.orders = orders;
        this.memory = memory;
        this.errands = errands;
        this.rules = rules;
        this.chance = chance;
        this.clock = clock;
    }

    /** Compares what is here, if it is time to, and queues what changed at low priority. */
    void refresh() {
        Instant now = clock.instant();
        Rule rule = rules.get();
        if (rule.every().isZero()) {
            return;
        }
        // Asked first: a night in which Ollama does not answer must not count as one in which its models were compared.
        List<InstalledModel> here = ollama.installedModels();
        // A window begins at nearly the same time every night; a little less than the whole span keeps pace with it.
        if (!memory.due(now, rule.every().minus(SLACK))) {
            return;
        }
        Duration delay = Duration.ZERO;
        for (InstalledModel installed : here) {
            if (installed.name().isPullable() && rule.covers(installed.name())) {
                errands.after(delay, () -> refresh(installed));
                delay = delay.plusMillis((long) (JITTER.toMillis() * chance.getAsDouble()));
            }
        }
    }

    /** Lists the models that are here in another version than their registry has. */
    List<OutdatedModel> outdated() {
        return ollama.installedModels().stream()
                .filter(installed -> installed.name().isPullable())
                .flatMap(installed -> compare(installed).stream())
                .toList();
    }

    private void refresh(InstalledModel installed) {
        if (compare(installed).isPresent()) {
            LOG.info("{} has a newer version in its registry", installed.name().display());
            boolean plain = insecure.test(installed.name());
            orders.order(new PullRequest(installed.name(), REFRESH, plain, true, Priority.LOW));
        }
    }

    private Optional<OutdatedModel> compare(InstalledModel installed) {
        RegistryAnswer answer = registry.manifest(installed.name(), insecure.test(installed.name()));
        if (answer instanceof RegistryAnswer.Found found
                && !found.manifest().digest().equals(installed.digest())) {
            return Optional.of(
                    new OutdatedModel(installed, found.manifest(), !rules.get().covers(installed.name())));
        }
        return Optional.empty();
    }
}
