package io.github.ohhhllama.proxy.internal.remote;

import io.github.ohhhllama.Plan;
import io.github.ohhhllama.proxy.internal.json.ApiJson;
import io.github.ohhhllama.proxy.internal.json.Health;
import io.github.ohhhllama.proxy.internal.json.QueueView;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import java.net.URI;
import java.util.Optional;

/**
 * Holds what a proxy says of itself at one moment.
 *
 * @param proxy where it is
 * @param health how its parts are
 * @param queue what runs and what waits; empty if it cannot show that, and its health says why
 * @param plan what the next nights bring; empty if nothing is to be done
 */
public record Overview(
        URI proxy, Answer<Health> health, Optional<Answer<QueueView>> queue, Optional<Answer<Plan>> plan) {

    /**
     * Asks a proxy.
     *
     * @param client leads to it
     * @param most how many entries of the queue at most
     * @throws CommandFailure if there is no proxy
     */
    public static Overview of(ProxyClient client, int most) {
        Answer<Health> health = client.health();
        try {
            Answer<QueueView> queue = client.queue(most, 0);
            Optional<Answer<Plan>> plan = queue.view().queue().isEmpty()
                    ? Optional.empty()
                    : Optional.of(client.show("/api/queue/plan", ApiJson::plan));
            return new Overview(client.address(), health, Optional.of(queue), plan);
        } catch (CommandFailure refused) {
            if (refused.exitCode() == ExitCode.UNREACHABLE) {
                throw refused;
            }
            return new Overview(client.address(), health, Optional.empty(), Optional.empty());
        }
    }

    /** Returns how the whole is. */
    public Health.Status status() {
        return health.view().status();
    }

    /** Returns the proxy's own answers as one JSON object on one line. */
    public String json() {
        return "{\"status\":\"" + status().word() + "\",\"health\":"
                + health.body().strip() + ",\"queue\":" + body(queue) + ",\"plan\":" + body(plan) + '}';
    }

    private static <T> String body(Optional<Answer<T>> answer) {
        return answer.map(present -> present.body().strip()).orElse("null");
    }
}
