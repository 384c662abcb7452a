package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.PullRequest;

/**
 * Is an entry whose size is not known yet.
 *
 * @param id its number
 * @param request what was asked
 */
public record Unsized(long id, PullRequest request) {}
