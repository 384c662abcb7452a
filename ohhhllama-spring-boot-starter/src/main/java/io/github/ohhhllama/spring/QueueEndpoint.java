package io.github.ohhhllama.spring;

import io.github.ohhhllama.Page;
import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.spring.QueueReport.Entry;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.lang.Nullable;

/**
 * Shows the queue at {@code /actuator/ohhhllama}, and changes it. Thread-safe. Every operation throws {@link
 * QueueStorageException} if the database cannot be used at the moment.
 *
 * @since 0.1.0
 */
@Endpoint(id = "ohhhllama")
public final class QueueEndpoint {

    private final QueueService queue;

    /**
     * Speaks for a queue.
     *
     * @param queue the queue
     */
    public QueueEndpoint(QueueService queue) {
        this.queue = queue;
    }

    /**
     * Shows the queue.
     *
     * @param limit how many active entries at most, 50 by default and 1000 at most
     * @param offset how many of them to leave out before, 0 by default
     * @return the queue at this moment
     * @throws IllegalArgumentException if one of the two is out of bounds
     */
    @ReadOperation
    // For Spring Boot 3.5 only Spring's own @Nullable makes a parameter optional.
    public QueueReport queue(@Nullable Integer limit, @Nullable Integer offset) {
        Page page = new Page(limit == null ? Page.FIRST.limit() : limit, offset == null ? Page.FIRST.offset() : offset);
        return QueueReport.of(queue.schedule(), queue.snapshot(page));
    }

    /**
     * Shows one entry.
     *
     * @param id its number
     * @return the entry, or null, which is answered with 404
     */
    @ReadOperation
    @Nullable public Entry entry(@Selector long id) {
        return queue.find(id).map(Entry::of).orElse(null);
    }

    /**
     * Takes an entry out of the queue; a running download is cancelled for good.
     *
     * @param id its number
     * @return the entry as it was, or null, which is answered with 204
     */
    @DeleteOperation
    @Nullable public Entry remove(@Selector long id) {
        return queue.remove(id).map(Entry::of).orElse(null);
    }

    /**
     * Starts the queue now, as if the schedule had.
     *
     * @return what happened: {@code started}, {@code already_running} or {@code nothing_waiting}
     */
    @WriteOperation
    public Map<String, String> process() {
        return Map.of("status", queue.process().word());
    }
}
