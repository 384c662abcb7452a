package io.github.ohhhllama.queue.internal.plan;

/**
 * Says how fast the line is expected to be. All numbers are bytes a second.
 *
 * @param low what it falls below in one hour of ten
 * @param likely what it falls below as often as not
 * @param high what it exceeds in one hour of ten
 */
public record Speed(long low, long likely, long high) {

    /** Checks that the three ascend from 0. */
    public Speed {
        if (low < 0 || likely < low || high < likely) {
            throw new IllegalArgumentException(
                    "speeds must ascend from 0, were " + low + ", " + likely + " and " + high);
        }
    }

    /**
     * Returns the speed of a line of which little is known: from half of what was measured to half as much again.
     *
     * @param measured what was measured, in bytes a second
     */
    static Speed around(long measured) {
        return new Speed(measured, measured, measured).widened();
    }

    /** Returns the same likely speed in a range that is no narrower than from half of it to half as much again. */
    Speed widened() {
        return new Speed(Math.min(low, likely / 2), likely, Math.max(high, likely + likely / 2));
    }

    /**
     * Returns the speed while a download is seen to run at a rate: that is the likely one now, whatever was usual.
     *
     * @param rate what is seen, in bytes a second
     */
    Speed seenAt(long rate) {
        return new Speed(Math.min(low, rate), rate, Math.max(high, rate));
    }
}
