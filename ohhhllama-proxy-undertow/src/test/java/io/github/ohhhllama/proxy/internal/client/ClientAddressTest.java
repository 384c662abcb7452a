package io.github.ohhhllama.proxy.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientAddressTest {

    private static final ClientAddress CLIENT =
            new ClientAddress(TrustedProxies.parse(List.of("10.0.0.0/8", "fd00::/8", "127.0.0.1")));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7                                    | 203.0.113.7",
                "6.6.6.6, 203.0.113.7                           | 203.0.113.7",
                "6.6.6.6, 203.0.113.7, 10.1.1.1                 | 203.0.113.7",
                "6.6.6.6,203.0.113.7,10.1.1.1,fd00::1,127.0.0.1 | 203.0.113.7",
                "203.0.113.7:5678                               | 203.0.113.7",
                "2001:db8::7                                    | 2001:db8::7",
                "[2001:db8::7]                                  | 2001:db8::7",
                "[2001:db8::7]:443                              | 2001:db8::7",
                "::ffff:203.0.113.7                             | 203.0.113.7",
                "10.2.2.2                                       | 10.2.2.2",
                "10.3.3.3, 10.2.2.2                             | 10.3.3.3",
                "unknown                                        | 10.0.0.1",
                "203.0.113.7, unknown, 10.2.2.2                 | 10.2.2.2",
                "203.0.113.7, garbage                           | 10.0.0.1",
                "203.0.113.7, 127.1                             | 10.0.0.1",
                "203.0.113.7, 1.2.3.4/8                         | 10.0.0.1",
                "203.0.113.7, fe80::1%eth0                      | 10.0.0.1",
                "203.0.113.7, localhost                         | 10.0.0.1",
                "203.0.113.7, ,                                 | 203.0.113.7",
                "203.0.113.7:x                                  | 10.0.0.1",
            })
    void shouldWalkXForwardedForFromTheRight(String header, String expected) {
        assertThat(CLIENT.of(address("10.0.0.1"), List.of(header), List.of())).isEqualTo(address(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=203.0.113.7                                         | 203.0.113.7",
                "For=\"[2001:db8:cafe::17]:4711\"                        | 2001:db8:cafe::17",
                "for=192.0.2.60;proto=http;by=203.0.113.43               | 192.0.2.60",
                "for=6.6.6.6, for=192.0.2.43, for=10.1.1.1;by=\"a,b;for=5.5.5.5\" | 192.0.2.43",
                "proto=https;FOR=\"203.0.113.7:_port\"                   | 203.0.113.7",
                "for=203.0.113.7, for=_hidden                            | 10.0.0.1",
                "for=203.0.113.7, for=unknown, for=10.1.1.1              | 10.1.1.1",
                "for=203.0.113.7, proto=http                             | 10.0.0.1",
                "for=\"203.0.113.7                                       | 10.0.0.1",
            })
    void shouldWalkForwardedFromTheRight(String header, String expected) {
        assertThat(CLIENT.of(address("10.0.0.1"), List.of(), List.of(header))).isEqualTo(address(expected));
    }

    @Test
    void shouldReadAllLinesAsOneList() {
        assertThat(CLIENT.of(address("10.0.0.1"), List.of("6.6.6.6, 203.0.113.7", "10.1.1.1"), List.of()))
                .isEqualTo(address("203.0.113.7"));
    }

    @Test
    void shouldNotBelieveAStranger() {
        assertThat(CLIENT.of(address("203.0.113.9"), List.of("1.2.3.4"), List.of("for=1.2.3.4")))
                .isEqualTo(address("203.0.113.9"));
    }

    @Test
    void shouldTrustNobodyByDefault() {
        ClientAddress client = new ClientAddress(TrustedProxies.parse(List.of()));

        assertThat(client.of(address("127.0.0.1"), List.of("1.2.3.4"), List.of()))
                .isEqualTo(address("127.0.0.1"));
    }

    @Test
    void shouldTakeTheSocketsAddressWithoutHeaders() {
        assertThat(CLIENT.of(address("10.0.0.1"), List.of(), List.of())).isEqualTo(address("10.0.0.1"));
        assertThat(CLIENT.of(address("10.0.0.1"), List.of(" "), List.of(""))).isEqualTo(address("10.0.0.1"));
    }

    @Test
    void shouldWantBothHeadersToAgree() {
        assertThat(CLIENT.of(address("10.0.0.1"), List.of("203.0.113.7"), List.of("for=203.0.113.7")))
                .isEqualTo(address("203.0.113.7"));
        assertThat(CLIENT.of(address("10.0.0.1"), List.of("203.0.113.7"), List.of("for=6.6.6.6")))
                .isEqualTo(address("10.0.0.1"));
    }

    @Test
    void shouldSurviveLongHeaders() {
        assertThat(CLIENT.of(address("10.0.0.1"), List.of("\"".repeat(500_000)), List.of(":".repeat(500_000))))
                .isEqualTo(address("10.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.5/8            | the network is written 10.0.0.0/8",
                "10.0.0.0/33           | expected an address or a network",
                "10.0.0                | expected an address or a network",
                "*                     | expected an address or a network",
                "proxy.example.com     | expected an address or a network",
                "10.0.0.0/255.0.0.0    | expected an address or a network",
                "10.0-1.0.0            | expected an address or a network",
                "/8                    | expected an address or a network",
                "fd00::1/8             | the network is written fd00::/8",
                "::ffff:10.0.0.0/104   | IPv4 addresses are written as such",
            })
    void shouldNameTheEntryThatIsNoNetwork(String entry, String expected) {
        assertThatThrownBy(() -> TrustedProxies.parse(List.of("::1", entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + entry + "\" is not a trusted proxy: " + expected);
    }

    @Test
    void shouldKnowItsProxies() {
        TrustedProxies proxies = TrustedProxies.parse(List.of("192.168.1.5", " fd00::/8 ", "0.0.0.0/0"));

        assertThat(proxies.contains(address("192.168.1.5"))).isTrue();
        assertThat(proxies.contains(address("fd12::1"))).isTrue();
        assertThat(proxies.contains(address("8.8.8.8"))).isTrue();
        assertThat(proxies.contains(address("2001:db8::1"))).isFalse();
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException noLiteral) {
            throw new IllegalArgumentException(literal, noLiteral);
        }
    }
}
