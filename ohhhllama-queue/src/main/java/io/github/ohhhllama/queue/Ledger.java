package io.github.ohhhllama.queue;

import io.github.ohhhllama.queue.internal.sqlite.ClaimStore;
import io.github.ohhhllama.queue.internal.sqlite.FetchStore;
import io.github.ohhhllama.queue.internal.sqlite.PaceStore;

/**
 * Holds what is written about downloads, and who is told.
 *
 * @param claims who downloads what, and how far it is
 * @param fetches what every attempt brought
 * @param pace how fast the line is
 * @param listeners who is told
 */
record Ledger(ClaimStore claims, FetchStore fetches, PaceStore pace, Listeners listeners) {}
