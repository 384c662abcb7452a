package io.github.ohhhllama.queue.internal.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetTest {

    @ParameterizedTest
    @CsvSource({
        "https://example.com/hook/s3cret, json+https://example.com/…",
        "json+http://example.com:8080/s3cret, json+http://example.com:8080/…",
        "ntfy+https://ada:s3cret@ntfy.sh/topic, ntfy+https://ntfy.sh/…",
        "gotify+https://gotify.example/?token=s3cret, gotify+https://gotify.example/…",
        "slack+https://hooks.slack.com/services/T0/B0/s3cret, slack+https://hooks.slack.com/…",
        "discord+https://discord.com/api/webhooks/1/s3cret, discord+https://discord.com/…"
    })
    void showsFormSchemeAndHostAndNoSecret(String text, String shown) {
        Target target = Target.parse(text);

        assertThat(target).hasToString(shown);
        assertThat(target.digest()).matches("[0-9a-f]{64}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hooks.slack.com/services/s3cret",
                "ftp://example.com/s3cret",
                "slak+https://example.com/s3cret",
                "https://exa mple.com/s3cret",
                "https:///s3cret"
            })
    void saysWhatWasExpectedAndNotWhatIsSecret(String text) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected https://HOST/PATH, or the same after ntfy+")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void userAndPasswordGoIntoAHeader() {
        Target target = Target.parse("ntfy+https://:tk_1@ntfy.sh/topic");

        assertThat(target.url()).hasToString("https://ntfy.sh/topic");
        assertThat(target.authorization()).isEqualTo("Basic OnRrXzE=");
    }
}
