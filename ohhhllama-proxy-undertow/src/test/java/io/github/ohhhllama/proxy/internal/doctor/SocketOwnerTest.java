package io.github.ohhhllama.proxy.internal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SocketOwnerTest {

    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private static final String LISTENING_ON_11434 =
            "   0: 0100007F:2CAA 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0\n";
    private static final String CONNECTED_FROM_11434 =
            "   1: 0100007F:2CAA 0100007F:9999 01 00000000:00000000 00:00000000 00000000  1000        0 4243 1 0\n";

    @TempDir
    private Path root;

    @BeforeEach
    void layOut() throws IOException {
        Path process = root.resolve("proc/77");
        Path handles = Files.createDirectories(process.resolve("fd"));
        Files.writeString(process.resolve("comm"), "nginx\n");
        Files.createSymbolicLink(handles.resolve("3"), Path.of("/dev/null"));
        Files.createSymbolicLink(handles.resolve("4"), Path.of("socket:[4242]"));
        Files.createDirectories(root.resolve("proc/net"));
    }

    @Test
    void namesTheProcessThatListens() throws IOException {
        Files.writeString(root.resolve("proc/net/tcp6"), HEADING + CONNECTED_FROM_11434 + LISTENING_ON_11434);

        assertThat(new SocketOwner(root).of(11434)).contains("nginx (process 77)");
        assertThat(new SocketOwner(root).of(11435)).isEmpty();
    }

    @Test
    void knowsNothingOfConnectionsAndOtherSystems() throws IOException {
        assertThat(new SocketOwner(root).of(11434)).isEmpty();
        Files.writeString(root.resolve("proc/net/tcp"), HEADING + CONNECTED_FROM_11434);
        assertThat(new SocketOwner(root).of(11434)).isEmpty();
    }
}
