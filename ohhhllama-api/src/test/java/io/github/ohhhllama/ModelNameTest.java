package io.github.ohhhllama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelNameTest {

    private static final String LLAMA3 = "registry.ollama.ai/library/llama3:latest";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "llama3",
                "llama3:latest",
                "library/llama3",
                "registry.ollama.ai/library/llama3:latest",
                "https://registry.ollama.ai/library/llama3",
                "http://registry.ollama.ai/library/llama3:latest",
                "ftp://registry.ollama.ai/library/llama3",
                "http:///library/llama3",
                " llama3 ",
                "llama3\n",
                "llama3\u00A0",
                "\u3000llama3",
                "\t\u000B\f\r\u0085\u1680\u2000\u200A\u2028\u2029\u202F\u205Fllama3\u2007",
                "llama3:local",
                "llama3:LOCAL",
                "llama3:latest:local",
            })
    void readsEverySpellingOfLlama3TheSameWay(String text) {
        ModelName name = ModelName.parse(text);

        assertThat(name.canonical()).isEqualTo(LLAMA3);
        assertThat(name.display()).isEqualTo("llama3:latest");
        assertThat(name.cloud()).isFalse();
        assertThat(name.isOnDefaultHost()).isTrue();
        assertThat(name).isEqualTo(ModelName.parse("llama3")).hasSameHashCodeAs(ModelName.parse("llama3"));
    }

    @ParameterizedTest
    @CsvSource({
        "LLAMA3, LLAMA3:latest",
        "Llama3:Latest, Llama3:Latest",
        "Library/llama3, llama3:latest",
        "REGISTRY.OLLAMA.AI/library/llama3, llama3:latest",
        "https://Registry.Ollama.ai/LIBRARY/llama3:LATEST, llama3:LATEST",
    })
    void knowsTheSameModelInAnotherCaseButKeepsTheSpelling(String text, String display) {
        ModelName name = ModelName.parse(text);

        assertThat(name.key()).isEqualTo(LLAMA3);
        assertThat(name).isEqualTo(ModelName.parse("llama3")).hasSameHashCodeAs(ModelName.parse("llama3"));
        assertThat(name.spelling()).isEqualTo(text);
        assertThat(name.display()).isEqualTo(display);
        assertThat(name.isOnDefaultHost()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "llama3:8b, registry.ollama.ai/library/llama3:8b, llama3:8b",
        "llama3:8b:local, registry.ollama.ai/library/llama3:8b, llama3:8b",
        "llama3:8b-local, registry.ollama.ai/library/llama3:8b-local, llama3:8b-local",
        "user/model:v1, registry.ollama.ai/user/model:v1, user/model:v1",
        "ollama.com/library/llama3, ollama.com/library/llama3:latest, ollama.com/library/llama3:latest",
        "https://ollama.com/library/llama3, ollama.com/library/llama3:latest, ollama.com/library/llama3:latest",
        "hf.co/bartowski/L-GGUF, hf.co/bartowski/L-GGUF:latest, hf.co/bartowski/L-GGUF:latest",
        "https://hf.co/a/b:Q8_0, hf.co/a/b:Q8_0, hf.co/a/b:Q8_0",
        "huggingface.co/a/b:Q8_0, huggingface.co/a/b:Q8_0, huggingface.co/a/b:Q8_0",
        "HF.CO/a/b, HF.CO/a/b:latest, HF.CO/a/b:latest",
        "localhost:5000/ns/m, localhost:5000/ns/m:latest, localhost:5000/ns/m:latest",
        "127.0.0.1:5000/ns/m:t, 127.0.0.1:5000/ns/m:t, 127.0.0.1:5000/ns/m:t",
        "host:/n/m, host:/n/m:latest, host:/n/m:latest",
        "a:b/c/d, a:b/c/d:latest, a:b/c/d:latest",
        "host:1:2/n/m, host:1:2/n/m:latest, host:1:2/n/m:latest",
        "http:/x/y, http:/x/y:latest, http:/x/y:latest",
        "sha256:0123, registry.ollama.ai/library/sha256:0123, sha256:0123",
        "sha256-0123, registry.ollama.ai/library/sha256-0123:latest, sha256-0123:latest",
        "_x, registry.ollama.ai/library/_x:latest, _x:latest",
        "a..b:c..d, registry.ollama.ai/library/a..b:c..d, a..b:c..d",
        "model., registry.ollama.ai/library/model.:latest, model.:latest",
        "con, registry.ollama.ai/library/con:latest, con:latest",
        "cloud, registry.ollama.ai/library/cloud:latest, cloud:latest",
        "local, registry.ollama.ai/library/local:latest, local:latest",
        "gpt-oss-cloud, registry.ollama.ai/library/gpt-oss-cloud:latest, gpt-oss-cloud:latest",
    })
    void fillsInWhatIsLeftOut(String text, String canonical, String display) {
        ModelName name = ModelName.parse(text);

        assertThat(name.canonical()).isEqualTo(canonical);
        assertThat(name.display()).isEqualTo(display);
        assertThat(name.cloud()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-oss:cloud, registry.ollama.ai/library/gpt-oss:cloud, gpt-oss:cloud",
        "gpt-oss:CLOUD, registry.ollama.ai/library/gpt-oss:cloud, gpt-oss:cloud",
        "gpt-oss: cloud, registry.ollama.ai/library/gpt-oss:cloud, gpt-oss:cloud",
        "gpt-oss:20b-cloud, registry.ollama.ai/library/gpt-oss:20b-cloud, gpt-oss:20b-cloud",
        "gpt-oss:20b:cloud, registry.ollama.ai/library/gpt-oss:20b-cloud, gpt-oss:20b-cloud",
        "gpt-oss:20b-CLOUD, registry.ollama.ai/library/gpt-oss:20b-cloud, gpt-oss:20b-cloud",
        "gpt-oss:latest:cloud, registry.ollama.ai/library/gpt-oss:latest-cloud, gpt-oss:latest-cloud",
        "ns/m:cloud, registry.ollama.ai/ns/m:cloud, ns/m:cloud",
        "hf.co/a/b:cloud, hf.co/a/b:cloud, hf.co/a/b:cloud",
    })
    void recognisesTheCloud(String text, String canonical, String display) {
        ModelName name = ModelName.parse(text);

        assertThat(name.cloud()).isTrue();
        assertThat(name.canonical()).isEqualTo(canonical);
        assertThat(name.display()).isEqualTo(display);
    }

    /** As {@code POST /api/create} reads the name of what it makes, and as {@code GET /api/tags} lists it. */
    @ParameterizedTest
    @CsvSource({
        "x:local, registry.ollama.ai/library/x:local, false",
        "x:latest, registry.ollama.ai/library/x:latest, true",
        "X:8b-LOCAL, registry.ollama.ai/library/X:8b-LOCAL, true",
        "gpt-oss:cloud, registry.ollama.ai/library/gpt-oss:cloud, true",
        "gpt-oss:20b-CLOUD, registry.ollama.ai/library/gpt-oss:20b-CLOUD, true",
        "hf.co/a/b:Local, hf.co/a/b:Local, false",
        "x:a-cloud-cloud, registry.ollama.ai/library/x:a-cloud-cloud, false",
        "x:cloud-cloud, registry.ollama.ai/library/x:cloud-cloud, false",
        "x:local-cloud, registry.ollama.ai/library/x:local-cloud, false",
    })
    void readsStoredNamesAsTheyStand(String text, String canonical, boolean pullable) {
        ModelName name = ModelName.stored(text);

        assertThat(name.canonical()).isEqualTo(canonical);
        assertThat(name.isPullable()).isEqualTo(pullable);
    }

    @ParameterizedTest
    @ValueSource(strings = {" x", "x ", "x\u00A0", "x: cloud", "x:y:cloud", "x:y:local", ""})
    void knowsWhatIsNoStoredName(String text) {
        assertThatThrownBy(() -> ModelName.stored(text))
                .isInstanceOf(InvalidModelNameException.class)
                .hasMessage("invalid model name");
    }

    @ParameterizedTest
    @CsvSource({
        "llama3, ollama.com/library/llama3",
        "llama3, llama3:8b",
        "llama3:8b, llama3:8b-local",
        "hf.co/a/b:Q8_0, huggingface.co/a/b:Q8_0",
        "gpt-oss:latest:cloud, gpt-oss:cloud",
        "gpt-oss-cloud, gpt-oss:cloud",
        "ns/m, m",
        "a-b, a_b",
    })
    void tellsDifferentModelsApart(String one, String other) {
        assertThat(ModelName.parse(one)).isNotEqualTo(ModelName.parse(other));
        assertThat(ModelName.parse(one).key())
                .isNotEqualTo(ModelName.parse(other).key());
    }

    @Test
    void knowsHostsInAnyCase() {
        assertThat(ModelName.parse("HF.CO/a/b")).isEqualTo(ModelName.parse("hf.co/a/b:latest"));
        assertThat(ModelName.parse("HF.CO/a/b").isOnDefaultHost()).isFalse();
    }

    @ParameterizedTest
    @MethodSource
    void allowsPartsUpToTheirLimits(String text) {
        assertThat(ModelName.parse(text).spelling()).isEqualTo(text);
    }

    static Stream<String> allowsPartsUpToTheirLimits() {
        return Stream.of(
                "x".repeat(80),
                "m:" + "t".repeat(80),
                "n".repeat(80) + "/m",
                "h".repeat(350) + "/n/m",
                "m:" + "t".repeat(74) + "-cloud");
    }

    @ParameterizedTest
    @MethodSource
    void refusesPartsBeyondTheirLimits(String text) {
        assertInvalid(text);
    }

    static Stream<String> refusesPartsBeyondTheirLimits() {
        return Stream.of(
                "x".repeat(81),
                "m:" + "t".repeat(81),
                "n".repeat(81) + "/m",
                "h".repeat(351) + "/n/m",
                "m:" + "t".repeat(75) + "-cloud",
                "m:" + "t".repeat(75) + ":cloud");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\t\n\u3000",
                ":",
                "/",
                "/x",
                "x/",
                "//x",
                "/ns/m",
                "x:",
                ":latest",
                ":cloud",
                ":local",
                "x::8b",
                "x:a:b",
                "x:-cloud",
                "x:.",
                "-x",
                ".x",
                "..",
                "../etc/passwd",
                "./x",
                "a/../b",
                "a/b/c/d",
                "https://ollama.com/llama3",
                "http://llama3",
                "registry.ollama.ai/llama3",
                "hf.co/model",
                "localhost:5000/model",
                "ns.dot/m",
                "[::1]:5000/n/m",
                ":5000/n/m",
                "user:pass@h/n/m",
                "x@sha256:0123",
                "mod\u00E8le",
                "\u6A21\u578B",
                "llama 3",
                "x :8b",
                "x: 8b",
                "a%2fb",
                "a\\b",
                "a?b",
                "a#b",
                "a+b",
                "a\0",
                "a\u200B",
                "\uFEFFa",
                "\u212Aimi",
                "\u001Ca",
                "a\u001F",
            })
    void refusesWhatOllamaRefuses(String text) {
        assertInvalid(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x:cloud:cloud | \"x:cloud:cloud\"",
                "x:cloud-cloud | \"x:cloud-cloud\"",
                "x:local:cloud | \"x:local:cloud\"",
                "x:cloud:local | \"x:cloud:local\"",
            })
    void refusesTwoSourcesInOllamasWords(String text, String quoted) {
        assertThatThrownBy(() -> ModelName.parse("  " + text + '\n'))
                .isInstanceOf(InvalidModelNameException.class)
                .hasMessage("use either :local or :cloud, not both: " + quoted);
    }

    @Test
    void quotesWhatItRefusesAsGoDoes() {
        assertThatThrownBy(() -> ModelName.parse("\"\\\u0007\b\t\n\u000B\f\r\u0001\u007F\u00E9\u00A0\u200B\uE000"
                        + new String(Character.toChars(0x1F600)) + new String(Character.toChars(0xE0001))
                        + " :cloud:cloud"))
                .hasMessage(
                        "use either :local or :cloud, not both: \"\\\"\\\\\\a\\b\\t\\n\\v\\f\\r\\x01\\x7f\u00E9\\u00a0\\u200b"
                                + "\\ue000" + new String(Character.toChars(0x1F600)) + "\\U000e0001 :cloud:cloud\"");
    }

    @Test
    void remembersWhatItRefused() {
        assertThatThrownBy(() -> ModelName.parse(" no/such/na/me "))
                .isInstanceOfSatisfying(
                        InvalidModelNameException.class,
                        refused -> assertThat(refused.input()).isEqualTo("no/such/na/me"));
    }

    private static void assertInvalid(String text) {
        assertThatThrownBy(() -> ModelName.parse(text))
                .isInstanceOf(InvalidModelNameException.class)
                .hasMessage("invalid model name");
    }
}
