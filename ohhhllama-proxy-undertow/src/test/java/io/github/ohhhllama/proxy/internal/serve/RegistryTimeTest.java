package io.github.ohhhllama.proxy.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.cli.ScriptedProxy;
import io.github.ohhhllama.proxy.internal.settings.Environment;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RegistryTimeTest {

    @Test
    void readsTheDateOfWhateverIsAnswered() {
        try (ScriptedProxy registry = new ScriptedProxy().then(401, "")) {
            assertThat(time(registry, Map.of()).now()).isPresent();
            assertThat(registry.requests()).singleElement().asString().startsWith("HEAD /v2/");
        }
    }

    @Test
    void isSilentWithoutAnAnswer() {
        ScriptedProxy registry = new ScriptedProxy();
        registry.close();

        assertThat(time(registry, Map.of()).now()).isEmpty();
        assertThat(time(registry, Map.of("HTTPS_PROXY", "http://127.0.0.1:1")).now())
                .isEmpty();
        assertThat(time(registry, Map.of("https_proxy", "no address")).now()).isEmpty();
    }

    private static RegistryTime time(ScriptedProxy registry, Map<String, String> variables) {
        return new RegistryTime(
                URI.create("http://127.0.0.1:" + registry.port() + "/v2/"),
                new Environment(variables, "ada", "/home/ada"));
    }
}
