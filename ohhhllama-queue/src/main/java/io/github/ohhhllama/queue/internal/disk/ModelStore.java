package io.github.ohhhllama.queue.internal.disk;

import io.github.ohhhllama.DiskStatus;
import io.github.ohhhllama.Shortage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Is the folder in which Ollama keeps its models ({@code OLLAMA_MODELS}), as seen from outside: nothing is written to it.
 *
 * <p>A download in progress is {@code blobs/sha256-<hex>-partial} and, for each of its parts,
 * {@code blobs/sha256-<hex>-partial-<N>} (Ollama 0.1.33 to 0.33). Thread-safe.
 */
public final class ModelStore {

    private final @Nullable Path folder;
    private final Supplier<DiskReserve> reserve;
    private final String absence;

    private ModelStore(@Nullable Path folder, Supplier<DiskReserve> reserve, String absence) {
        this.folder = folder;
        this.reserve = reserve;
        this.absence = absence;
    }

    /**
     * Returns the store in a folder, which need not be there yet.
     *
     * @param folder the folder
     * @param reserve what has to stay free on its disk
     */
    public static ModelStore at(Path folder, DiskReserve reserve) {
        return at(folder, () -> reserve);
    }

    /**
     * Returns the store in a folder, which need not be there yet.
     *
     * @param folder the folder
     * @param reserve tells what has to stay free on its disk, asked anew every time
     */
    public static ModelStore at(Path folder, Supplier<DiskReserve> reserve) {
        return new ModelStore(folder.toAbsolutePath(), reserve, "");
    }

    /**
     * Returns a store that cannot be looked at.
     *
     * @param why a sentence for a person
     */
    public static ModelStore elsewhere(String why) {
        return new ModelStore(null, () -> new DiskReserve(0, 0), why);
    }

    /**
     * Tells whether something does not fit.
     *
     * @param needed how many bytes it takes
     * @param reserved how many bytes are promised to others
     * @return how much room it lacks, or empty if it fits or the disk cannot be looked at
     */
    public Optional<Shortage> shortage(long needed, long reserved) {
        DiskStatus status = status();
        boolean fits = status.problem() != null || needed + reserved + status.kept() <= status.free();
        return fits ? Optional.empty() : Optional.of(new Shortage(needed, reserved, status.kept(), status.free()));
    }

    /** Returns how much room there is; never throws. */
    public DiskStatus status() {
        if (folder == null) {
            return new DiskStatus("", 0, 0, 0, absence);
        }
        try {
            FileStore disk = Files.getFileStore(existing(folder));
            long total = disk.getTotalSpace();
            return new DiskStatus(
                    folder.toString(),
                    total,
                    disk.getUsableSpace(),
                    reserve.get().of(total),
                    null);
        } catch (IOException | SecurityException unreadable) {
            return new DiskStatus(
                    folder.toString(), 0, 0, 0, "the disk of " + folder + " cannot be looked at: " + unreadable);
        }
    }

    /**
     * Tells when the files of a download were last written to.
     *
     * @param digests the layers, {@code sha256:} and 64 hex digits each
     * @return a number that changes with every write, or empty if the files cannot be looked at; 0 if there are none
     */
    public Optional<Long> lastWrite(Collection<String> digests) {
        if (folder == null || !Files.isReadable(folder.resolve("blobs"))) {
            return Optional.empty();
        }
        try {
            long last = 0;
            for (String digest : digests) {
                last = Math.max(last, lastWrite(folder.resolve("blobs"), digest.replace(':', '-')));
            }
            return Optional.of(last);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static long lastWrite(Path blobs, String name) throws IOException {
        long last = 0;
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(blobs, name + "-partial*")) {
            for (Path part : parts) {
                last = Math.max(last, Files.getLastModifiedTime(part).toMillis());
            }
        }
        return last;
    }

    /** A folder that Ollama has not made yet will be on the disk of the one above it. */
    private static Path existing(Path folder) {
        Path found = folder;
        while (!Files.exists(found)) {
            found = Objects.requireNonNull(found.getParent(), "the root is always there");
        }
        return found;
    }
}
