package io.github.ohhhllama.proxy.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostRulesTest {

    private static final HostRules DEFAULT = new HostRules(List.of(), HostRulesTest::interfaces);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":11434",
                "localhost",
                "LOCALHOST:11434",
                "localhost:",
                "localhost:x",
                "127.0.0.1:",
                "nas",
                "NAS:80",
                "a.localhost",
                "nas.local",
                "nas.LOCAL:11434",
                "x.internal",
                "127.0.0.1",
                "127.0.0.1:11434",
                "127.9.9.9",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.2:80",
                "[::1]",
                "[::1]:11434",
                "::1",
                "[::]",
                "[fd00::1]:80",
                "[fc00::1]",
                "[::ffff:127.0.0.1]",
                "[::ffff:10.0.0.1]:5",
                "203.0.113.9",
                "203.0.113.9:11434",
                "[2001:db8::9]",
                "[2001:DB8:0::9]:80",
                " localhost ",
                "local",
                "internal"
            })
    void shouldTakeLocalHosts(String host) {
        assertThat(DEFAULT.allows(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nas.lan",
                "evil.example",
                "evil.example:11434",
                "localhost.evil.example",
                "xlocal.example",
                "8.8.8.8",
                "169.254.1.1",
                "100.64.0.1",
                "172.32.0.1",
                "[fe80::1]",
                "[2001:db8::1]",
                "[::ffff:8.8.8.8]",
                "127.1",
                "0x7f.0.0.1",
                "010.0.0.1",
                "[localhost]",
                "[::1",
                "::1]",
                "a b",
                "user@localhost",
                "localhost/x",
                "localhost:80:80",
                "localhost.",
                "nas.local.:11434",
                "127.0.0.1.",
                "[::1]x",
                "[fe80::1%25lo]",
                "local.evil",
                "n\u00e4s",
                "localhost,evil.example"
            })
    void shouldRefuseAllOthers(String host) {
        assertThat(DEFAULT.allows(host)).isFalse();
    }

    @Test
    void shouldTakeRequestsWithoutAHost() {
        assertThat(DEFAULT.allows(null)).isTrue();
    }

    @Test
    void shouldRefuseALongHostWithoutTryingPatternsOnIt() {
        assertThat(DEFAULT.allows(":".repeat(1_000_000) + "x")).isFalse();
    }

    @Test
    void shouldTakeWhatWasAllowed() {
        HostRules rules = new HostRules(
                List.of("Nas.Lan.", "*.example.com", "8.8.8.8", "2001:db8::1"), HostRulesTest::interfaces);

        assertThat(List.of(
                        "nas.lan", "NAS.lan:80", "a.example.com", "a.b.EXAMPLE.com.", "8.8.8.8:1", "[2001:DB8:0::1]"))
                .allMatch(rules::allows);
        assertThat(List.of("x.nas.lan", "example.com", "badexample.com", "8.8.4.4"))
                .noneMatch(rules::allows);
    }

    @Test
    void shouldTakeEveryHostForAStar() {
        assertThat(new HostRules(List.of("*"), List::of).allows("evil.example")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "nas.lan:11434", "http://nas.lan", "*nas", "a b", "**"})
    void shouldNameTheEntryThatIsNoHost(String entry) {
        assertThatThrownBy(() -> new HostRules(List.of("ok", entry), List::of))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + entry + "\" is not a host");
    }

    private static List<InetAddress> interfaces() {
        try {
            return List.of(
                    InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 9}), InetAddress.getByName("2001:db8::9"));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
