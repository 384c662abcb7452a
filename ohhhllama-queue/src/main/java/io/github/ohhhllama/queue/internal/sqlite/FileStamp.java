package io.github.ohhhllama.queue.internal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells which file stands under a name, and when it was written last.
 *
 * @param key which file it is, whatever its name
 * @param size its size in bytes
 * @param written when it was written last
 */
record FileStamp(Object key, long size, FileTime written) {

    /** Returns the stamp of what stands under the name, or null if nothing does. */
    static @Nullable FileStamp of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            // Not every file system numbers its files.
            Object key = Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
            return new FileStamp(key, attributes.size(), attributes.lastModifiedTime());
        } catch (IOException gone) {
            return null;
        }
    }

    boolean isSameFileAs(@Nullable FileStamp other) {
        return other != null && key.equals(other.key);
    }
}
