package io.github.ohhhllama.queue.internal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows the file systems on which SQLite's write-ahead log does not work, as it wants memory that all who have the file
 * open share: https://sqlite.org/wal.html, "Use of WAL without shared-memory". The names are those of Linux.
 */
final class NetworkFileSystem {

    private static final Set<String> KINDS = Set.of(
            "9p",
            "afpfs",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "davfs",
            "glusterfs",
            "lustre",
            "ncpfs",
            "nfs",
            "nfs4",
            "prl_fs",
            "smb2",
            "smb3",
            "smbfs",
            "vboxsf");

    /** File systems run by a program, in the kernel's words {@code fuse.NAME}, whose files lie on this machine. */
    private static final Set<String> LOCAL_PROGRAMS = Set.of(
            "fuse.bindfs",
            "fuse.encfs",
            "fuse.exfat",
            "fuse.fuse-overlayfs",
            "fuse.gocryptfs",
            "fuse.mergerfs",
            "fuse.ntfs-3g",
            "fuse.unionfs",
            "fuse.zfs");

    private NetworkFileSystem() {}

    /**
     * Finds out whether a file lies, or would lie, on such a file system.
     *
     * @param file the file, absolute
     * @return what the kernel calls the file system if it is one of these; empty if not, or if that cannot be seen
     */
    static Optional<String> under(Path file) {
        @Nullable Path existing = file;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing == null
                    ? Optional.empty()
                    : Optional.of(Files.getFileStore(existing).type()).filter(NetworkFileSystem::isOne);
        } catch (IOException notToBeSeen) {
            return Optional.empty();
        }
    }

    static boolean isOne(String type) {
        return KINDS.contains(type) || (type.startsWith("fuse.") && !LOCAL_PROGRAMS.contains(type));
    }
}
