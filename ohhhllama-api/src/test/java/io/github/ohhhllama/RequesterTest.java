package io.github.ohhhllama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequesterTest {

    @ParameterizedTest
    @CsvSource({
        "192.168.1.20, 192.168.1.20, 192.168.1.20",
        "127.0.0.1, 127.0.0.1, 127.0.0.1",
        "::ffff:192.168.1.20, 192.168.1.20, 192.168.1.20",
        "::1, 0:0:0:0:0:0:0:1, 0:0:0:0:0:0:0:0/64",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::, 2001:db8:1:2:0:0:0:0, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3:3:4:5:6, 2001:db8:1:3:3:4:5:6, 2001:db8:1:3:0:0:0:0/64",
    })
    void countsAnIpv4AddressAloneAndAnIpv6AddressByItsNetwork(String address, String name, String quotaKey)
            throws UnknownHostException {
        assertThat(Requester.at(InetAddress.getByName(address))).isEqualTo(new Requester(name, quotaKey));
    }

    @Test
    void countsAMappedAddressAsIpv4EvenIfItComesAsIpv6() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 7};

        assertThat(Requester.at(Inet6Address.getByAddress(null, mapped, -1))).isEqualTo(Requester.named("10.0.0.7"));
    }

    @Test
    void leavesTheZoneOut() throws UnknownHostException {
        byte[] linkLocal = InetAddress.getByName("fe80::1:2:3:4").getAddress();

        assertThat(Requester.at(Inet6Address.getByAddress(null, linkLocal, 7)))
                .isEqualTo(new Requester("fe80:0:0:0:1:2:3:4", "fe80:0:0:0:0:0:0:0/64"));
    }

    @Test
    void isCountedByItsNameIfItHasOne() {
        assertThat(Requester.named("nightly-build")).isEqualTo(new Requester("nightly-build", "nightly-build"));
    }

    @ParameterizedTest
    @CsvSource({"'', key", "' ', key", "name, ''", "name, ' '"})
    void refusesBlankWords(String name, String quotaKey) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Requester(name, quotaKey))
                .withMessage("name and quotaKey must not be blank, were \"" + name + "\" and \"" + quotaKey + '"');
    }
}
