package io.github.ohhhllama.proxy.internal.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ohhhllama.ModelName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegistryRulesTest {

    private static final RegistryRules DEFAULT = new RegistryRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:5000",
                "10.0.0.5",
                "192.168.1.1:443",
                "169.254.169.254",
                "8.8.8.8",
                "0.0.0.0",
                "127.1",
                "10.1:5000",
                "2130706433",
                "2130706433:80",
                "0",
                "0:80",
                "0x7f000001",
                "0X7F.1",
                "0x",
                "017700000001",
                "0177.0.0.1",
                "127.0.0.0x1",
                "127.0.0.1.",
                "127.0.0.1.:80",
                "0:0:0:0:0:0:0:1",
                "fe80::1",
                "0::1",
                "fd00::1",
                "1::",
                "localhost",
                "LOCALHOST",
                "localhost:5000",
                "localhost.",
                "localhost.:5000",
                "a.localhost",
                "a.b.LocalHost:1",
                "localhost.localdomain",
                "ip6-localhost",
                "ip6-loopback:80",
                "nas",
                "registry:5000",
                "registry.lan",
                "nas.local",
                "nas.home.arpa",
                "1.2.3.4.5",
                "host:1:2"
            })
    void shouldRefuseAddressesAndThisHost(String host) {
        assertThat(refusal(DEFAULT, host)).contains("models from " + host + " are refused", "ALLOWED_REGISTRIES=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hf.co",
                "huggingface.co",
                "modelscope.cn:443",
                "registry.example.com:5000",
                "ollama.com",
                "1.example.com",
                "10.0.0.5.nip.example",
                "localhost.example.com",
                "0xg.example",
                "registry.ollama.ai"
            })
    void shouldLetNamesPass(String host) {
        assertThat(refusal(DEFAULT, host)).isEmpty();
    }

    @Test
    void shouldLetModelsWithoutARegistryPass() {
        assertThat(DEFAULT.refusal(ModelName.parse("llama3"))).isEmpty();
        assertThat(DEFAULT.refusal(ModelName.parse("user/llama3:8b"))).isEmpty();
    }

    @Test
    void shouldSeeThroughASchemeThatOllamaDrops() {
        assertThat(DEFAULT.refusal(ModelName.parse("http://127.0.0.1:5000/n/m")))
                .isPresent();
    }

    @Test
    void shouldLetListedRegistriesPass() {
        RegistryRules rules = new RegistryRules(List.of("10.0.0.5", "LOCALHOST:5000"));

        assertThat(refusal(rules, "10.0.0.5")).isEmpty();
        assertThat(refusal(rules, "10.0.0.5:443")).isEmpty();
        assertThat(refusal(rules, "Localhost:5000")).isEmpty();
        assertThat(refusal(rules, "localhost:5001")).isNotEmpty();
        assertThat(refusal(rules, "localhost")).isNotEmpty();
        assertThat(refusal(rules, "10.0.0.6")).isNotEmpty();
    }

    @Test
    void shouldLetAllPassForAStar() {
        assertThat(refusal(new RegistryRules(List.of("*")), "127.0.0.1")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://localhost", "a b", "*.lan"})
    void shouldNameTheEntryThatIsNoRegistry(String entry) {
        assertThatThrownBy(() -> new RegistryRules(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + entry + "\" is not a registry");
    }

    private static String refusal(RegistryRules rules, String host) {
        return rules.refusal(ModelName.parse(host + "/ns/model")).orElse("");
    }
}
