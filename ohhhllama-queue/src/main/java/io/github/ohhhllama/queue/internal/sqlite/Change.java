package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.EntryEvent;
import io.github.ohhhllama.QueueEntry;
import java.util.Optional;

/**
 * Is what somebody did to an entry.
 *
 * @param entry the entry after it
 * @param event what was added to its story; empty if it was so before
 */
public record Change(QueueEntry entry, Optional<EntryEvent> event) {}
