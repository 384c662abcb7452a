package io.github.ohhhllama.queue.internal.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is a file that is written under another name first and gets its own when all of it is on the disk, so that whoever
 * looks finds all of it or nothing, also after a power cut.
 *
 * @param path where it will be, absolute
 */
record DurableFile(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(DurableFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    /** Makes an empty file of a name nobody has, in the same directory, which only this user may read. */
    Path draft() throws IOException {
        FileAttribute<?>[] attributes = isPosix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
        return Files.createTempFile(directory(), path.getFileName() + ".", ".part", attributes);
    }

    /** Gives a draft the name, in place of what has it. */
    void publish(Path draft) throws IOException {
        force(draft, StandardOpenOption.WRITE);
        Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
        if (isPosix()) {
            force(directory(), StandardOpenOption.READ);
        }
    }

    /** Lets a draft belong to whom another file belongs to, as far as this user may do that. */
    void liken(Path draft, Path model) throws IOException {
        PosixFileAttributeView from = Files.getFileAttributeView(model, PosixFileAttributeView.class);
        PosixFileAttributeView to = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
        if (from == null || to == null) {
            return;
        }
        PosixFileAttributes wanted = from.readAttributes();
        PosixFileAttributes found = to.readAttributes();
        try {
            if (!wanted.group().equals(found.group())) {
                to.setGroup(wanted.group());
            }
            if (!wanted.owner().equals(found.owner())) {
                to.setOwner(wanted.owner());
            }
        } catch (FileSystemException denied) {
            LOG.debug("{} stays this user's own: {}", draft, denied.getMessage());
        }
        if (!Files.isDirectory(model)) {
            to.setPermissions(wanted.permissions());
        }
    }

    /**
     * Returns where it will be.
     *
     * @throws NoSuchFileException if there is no such directory
     */
    Path directory() throws IOException {
        Path directory = path.getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(String.valueOf(directory), null, "there is no such directory");
        }
        return directory;
    }

    private boolean isPosix() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void force(Path written, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(written, how)) {
            channel.force(true);
        }
    }
}
