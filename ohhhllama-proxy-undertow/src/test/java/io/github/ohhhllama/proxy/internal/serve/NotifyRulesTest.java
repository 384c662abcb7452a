package io.github.ohhhllama.proxy.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Notify;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import org.junit.jupiter.api.Test;

final class NotifyRulesTest {

    @Test
    void everySettingIsJudgedByItself() {
        assertThat(NotifyRules.refusals(new Notify("ftp://x", "whsec_!", "never")))
                .hasEntrySatisfying(
                        Setting.NOTIFY_URL, words -> assertThat(words).contains("expected https://HOST/PATH"))
                .hasEntrySatisfying(
                        Setting.NOTIFY_SECRET, words -> assertThat(words).contains("Base64"))
                .hasEntrySatisfying(
                        Setting.NOTIFY_ON, words -> assertThat(words).contains("\"never\""));
        assertThat(NotifyRules.refusals(new Notify("", "", "ready"))).isEmpty();
    }
}
