package io.github.ohhhllama.queue.internal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NetworkFileSystemTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"nfs", "nfs4", "cifs", "smb3", "9p", "ceph", "vboxsf", "fuse.sshfs", "fuse.rclone", "fuse.new"})
    void refusesThoseOfTheNetwork(String type) {
        assertThat(NetworkFileSystem.isOne(type)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "virtiofs", "fuse.fuse-overlayfs"})
    void takesThoseOfTheMachine(String type) {
        assertThat(NetworkFileSystem.isOne(type)).isFalse();
    }

    @Test
    void looksAtTheDirectoryThatIsThere(@TempDir Path directory) {
        assertThat(NetworkFileSystem.under(directory.resolve("not/yet/queue.db")))
                .isEqualTo(NetworkFileSystem.under(directory));
    }
}
