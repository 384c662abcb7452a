package io.github.ohhhllama.proxy.internal.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows as Linux writes them on machines that store the low byte first. */
final class SocketTableTest {

    private static final String TITLE = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when\n";
    private static final int SERVER = 11434;
    private static final int CLIENT = 51000;

    @TempDir
    private Path directory;

    @Test
    void knowsAnOpenConnection() throws IOException {
        assertThat(isOpen("   0: 0100007F:2CAA 0201A8C0:C738 01 00000000:00000000 00:00000000"))
                .isTrue();
    }

    @Test
    void knowsAnOpenConnectionOfASocketForBothProtocols() throws IOException {
        Files.writeString(
                directory.resolve("tcp6"),
                TITLE + "   7: 0000000000000000FFFF00000100007F:2CAA 0000000000000000FFFF00000201A8C0:C738 01 0:0\n");
        assertThat(isOpen("")).isTrue();
    }

    @Test
    void knowsAnOpenConnectionOfTheNewerProtocol() throws IOException {
        Files.writeString(directory.resolve("tcp"), TITLE);
        Files.writeString(
                directory.resolve("tcp6"),
                TITLE + "1234: B80D0120000000000000000001000000:2CAA B80D0120000000000000000002000000:C738 01 0:0\n");
        InetSocketAddress server = address("20010db8000000000000000000000001", SERVER);
        InetSocketAddress client = address("20010db8000000000000000000000002", CLIENT);
        assertThat(SocketTable.read(directory).isOpen(server, client)).isTrue();
    }

    @Test
    void knowsThatThePeerHasClosed() throws IOException {
        assertThat(isOpen("   0: 0100007F:2CAA 0201A8C0:C738 08 00000000:00000000 00:00000000"))
                .isFalse();
    }

    @Test
    void knowsThatAPeerOnThisMachineIsClosing() throws IOException {
        assertThat(isOpen("   0: 0100007F:2CAA 0201A8C0:C738 01 00000000:00000000 00:00000000\n"
                        + "   1: 0201A8C0:C738 0100007F:2CAA 04 00000000:00000000 00:00000000"))
                .isFalse();
    }

    @Test
    void takesAConnectionThatIsNotThereForClosed() throws IOException {
        assertThat(isOpen("   0: 0100007F:2CAB 0201A8C0:C738 01 00000000:00000000 00:00000000"))
                .isFalse();
    }

    @Test
    void saysWhereThereIsNoTable() {
        assertThatThrownBy(() -> SocketTable.read(directory)).isInstanceOf(IOException.class);
    }

    private boolean isOpen(String rows) throws IOException {
        Files.writeString(directory.resolve("tcp"), TITLE + rows + "\n");
        return SocketTable.read(directory).isOpen(address("7f000001", SERVER), address("c0a80102", CLIENT));
    }

    private static InetSocketAddress address(String octets, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(HexFormat.of().parseHex(octets)), port);
    }
}
