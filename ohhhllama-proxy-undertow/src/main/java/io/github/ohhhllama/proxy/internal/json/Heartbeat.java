package io.github.ohhhllama.proxy.internal.json;

import io.github.ohhhllama.Extent;
import io.github.ohhhllama.ModelName;
import io.github.ohhhllama.PullProgress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Writes the lines that keep a held pull alive while the model waits in the queue.
 *
 * <p>Each looks like progress of one layer, since that is what every client takes quietly: the command line redraws one
 * bar for it, web pages show no message, and Spring sees the changing status and keeps waiting. Immutable.
 */
public final class Heartbeat {

    private static final long UNKNOWN_SIZE = 1_000_000_000;

    private final String digest;

    private Heartbeat(String digest) {
        this.digest = digest;
    }

    /**
     * Returns the heartbeat of a model.
     *
     * @param model what is waited for; all of its spellings share one digest
     */
    public static Heartbeat of(ModelName model) {
        return new Heartbeat("sha256:" + sha256(model.key()));
    }

    /**
     * Returns the next line.
     *
     * @param waited since when the client has been waiting; shown in hours and minutes
     * @param extent how large the model is, if that is known
     */
    public byte[] line(Duration waited, Optional<Extent> extent) {
        long total = extent.map(Extent::size).filter(size -> size > 0).orElse(UNKNOWN_SIZE);
        return Replies.progressLine(new PullProgress("queued, waited " + words(waited), digest, total, 1));
    }

    private static String words(Duration waited) {
        long hours = waited.toHours();
        return hours == 0 ? waited.toMinutes() + "m" : hours + "h" + waited.toMinutesPart() + "m";
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
