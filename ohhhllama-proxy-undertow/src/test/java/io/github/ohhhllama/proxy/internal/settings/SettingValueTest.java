package io.github.ohhhllama.proxy.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingValueTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://example.com/s3cret | https://example.com/…",
                "https://example.com?token=s3cret | https://example.com/…",
                "ntfy+https://ada:s3cret@ntfy.sh:8443/topic#s3cret | ntfy+https://ntfy.sh:8443/…",
                "ntfy+https://ada:s3@cret@ntfy.sh/topic | ntfy+https://ntfy.sh/…",
                "slack+https://a/s3cret, discord+https://b/s3cret | slack+https://a/…, discord+https://b/…",
                "s3cret | …",
                "htps://user:s3cret@host/x | …"
            })
    void anAddressIsShownUpToItsHost(String text, String shown) {
        SettingValue value = value(Setting.NOTIFY_URL, text);

        assertThat(value.shown()).isEqualTo(shown);
        assertThat(value.toString()).doesNotContain("s3");
    }

    @Test
    void aSecretIsNotShownAtAll() {
        assertThat(value(Setting.NOTIFY_SECRET, "open sesame").shown()).isEqualTo("…");
        assertThat(value(Setting.NOTIFY_SECRET, "").shown()).isEmpty();
    }

    @Test
    void everythingElseIsShown() {
        assertThat(value(Setting.QUEUE_WINDOW, "06:00")).hasToString("QUEUE_WINDOW=06:00 (flag --x)");
    }

    private static SettingValue value(Setting setting, String text) {
        return new SettingValue(setting, text, SettingValue.Source.FLAG, "--x");
    }
}
