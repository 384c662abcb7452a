package io.github.ohhhllama.spring;

import io.github.ohhhllama.QueueService;
import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.ScheduleStatus;
import io.github.ohhhllama.StorageStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Judges the queue without the words of either Spring Boot: it is well when its database can be written. An Ollama that
 * is away is none of its ailments, since the queue waits for it.
 *
 * @param up whether the database works
 * @param details what to show
 */
record QueueHealth(boolean up, Map<String, Object> details) {

    static QueueHealth of(QueueService queue) {
        StorageStatus storage = queue.storage();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("database", storage.location());
        String problem = storage.problem() != null ? storage.problem() : describeSchedule(queue, details);
        if (problem != null) {
            details.put("problem", problem);
        }
        return new QueueHealth(problem == null, details);
    }

    /** Returns what is wrong after all, or null. */
    private static @Nullable String describeSchedule(QueueService queue, Map<String, Object> details) {
        try {
            ScheduleStatus schedule = queue.schedule();
            details.put("running", schedule.isRunning());
            details.put("nextStart", schedule.nextStart().toString());
            return null;
        } catch (QueueStorageException refused) {
            return refused.getMessage();
        }
    }
}
