package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.PullRequest;

/**
 * Is the right to download one entry, as long as its lease is renewed.
 *
 * @param id the entry's number
 * @param request what was asked
 * @param owner who holds the lease
 * @param attempts how many attempts failed before
 */
public record Claim(long id, PullRequest request, String owner, int attempts) {}
