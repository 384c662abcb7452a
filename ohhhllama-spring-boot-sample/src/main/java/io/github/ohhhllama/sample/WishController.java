package io.github.ohhhllama.sample;

import io.github.ohhhllama.EnqueueResult;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullRequest;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.Requester;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes wishes for models. Thread-safe. */
// tag::spring[]
@RestController
final class WishController {

    private final QueueService queue;

    WishController(QueueService queue) {
        this.queue = queue;
    }

    @PostMapping("/wishes")
    @ResponseStatus(HttpStatus.ACCEPTED)
    String wish(@RequestParam String model, @RequestParam String team) {
        EnqueueResult result = queue.enqueue(PullRequest.of(ModelName.parse(model), Requester.named(team)));
        return result instanceof EnqueueResult.Queued queued
                ? "queued as number " + queued.entry().id()
                : "not queued, " + result.rate().remaining() + " left for today";
    }
}
// end::spring[]
