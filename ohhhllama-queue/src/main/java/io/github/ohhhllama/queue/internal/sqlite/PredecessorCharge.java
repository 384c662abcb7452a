package io.github.ohhhllama.queue.internal.sqlite;

/**
 * Is what a client used up of its daily limit in the predecessor.
 *
 * @param client its address
 * @param day ISO 8601
 * @param used how many models
 */
record PredecessorCharge(String client, String day, long used) {}
