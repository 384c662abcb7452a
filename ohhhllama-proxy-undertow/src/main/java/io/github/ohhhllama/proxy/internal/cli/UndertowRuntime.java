package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.client.TrustedProxies;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.queue.Schedule;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs the real proxy. */
final class UndertowRuntime implements ProxyRuntime {

    @Override
    public RunningProxy start(ProxySettings settings) throws IOException {
        return StandaloneProxy.start(settings);
    }

    @Override
    public List<Instant> nextStarts(QueueSettings settings, Instant after, int count) {
        return Schedule.parse(settings.schedule(), settings.zone()).next(after, count);
    }

    @Override
    public Map<Setting, String> refusals(ProxySettings settings) {
        Map<Setting, String> refusals = new EnumMap<>(Setting.class);
        QueueSettings queue = settings.queue();
        judge(refusals, Setting.QUEUE_SCHEDULE, () -> Schedule.parse(queue.schedule(), queue.zone()));
        judge(
                refusals,
                Setting.TRUSTED_PROXIES,
                () -> TrustedProxies.parse(settings.access().trustedProxies()));
        return refusals;
    }

    private static void judge(Map<Setting, String> refusals, Setting setting, Runnable parse) {
        try {
            parse.run();
        } catch (IllegalArgumentException wrong) {
            refusals.put(setting, String.valueOf(wrong.getMessage()));
        }
    }
}
