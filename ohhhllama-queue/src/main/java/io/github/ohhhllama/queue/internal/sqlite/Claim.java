package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.Extent;
import io.github.ohhhllama.PullRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Is the right to download one entry, as long as its lease is renewed.
 *
 * @param id the entry's number
 * @param request what was asked
 * @param owner who holds the lease
 * @param attempts how many attempts failed before
 * @param nights in how many runs an attempt was made, this one included
 * @param fetched how many bytes of the entry's layers were on the disk before
 * @param extent how big the model is, or null if that is not known
 * @param permit whether the entry may leave the window by itself
 * @param lacking the digests of the layers that were to be fetched, empty if that is not known
 */
public record Claim(
        long id,
        PullRequest request,
        String owner,
        int attempts,
        int nights,
        long fetched,
        @Nullable Extent extent,
        boolean permit,
        Set<String> lacking) {

    /** Copies the digests. */
    public Claim {
        lacking = Set.copyOf(lacking);
    }

    /**
     * Returns how many bytes are still to be fetched.
     *
     * @param present how many bytes of the layers are on the disk, as far as this attempt knows
     * @return the number, 0 if the size is not known
     */
    public long stillMissing(long present) {
        if (extent == null) {
            return 0;
        }
        return Math.max(0, extent.missing() - Math.max(0, present - fetched));
    }
}
