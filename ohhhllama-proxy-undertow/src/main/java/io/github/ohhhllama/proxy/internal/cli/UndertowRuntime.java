package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.ProxySettings;
import io.github.ohhhllama.proxy.ProxySettings.QueueSettings;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs the real proxy. */
final class UndertowRuntime implements ProxyRuntime {

    @Override
    public RunningProxy start(ProxySettings settings) throws IOException {
        throw new IOException("this build has no server");
    }

    @Override
    public List<Instant> nextStarts(QueueSettings settings, Instant after, int count) {
        return List.of();
    }

    @Override
    public Map<Setting, String> refusals(ProxySettings settings) {
        return Map.of();
    }
}
