package io.github.ohhhllama.queue.internal.notify;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Is what somebody is told.
 *
 * @param id names it; the same message has the same id every time it is sent
 * @param type what happened, for programs, such as {@code model.ready}
 * @param at when it happened
 * @param title what happened, in a few words
 * @param text more about it, for people
 * @param data the same for programs: numbers, texts, and lists and maps of them
 */
public record Message(String id, String type, Instant at, String title, String text, Map<String, Object> data) {

    /** Copies the data, in the order of its names, so that the same message is the same text each time. */
    public Message {
        data = Collections.unmodifiableMap(new TreeMap<>(data));
    }

    boolean isBad() {
        return type.equals("model.failed");
    }
}
