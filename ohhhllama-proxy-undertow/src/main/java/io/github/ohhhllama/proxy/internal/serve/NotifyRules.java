package io.github.ohhhllama.proxy.internal.serve;

import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Notify;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.queue.Webhooks;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Checks the settings that say who is told what happens, each by itself. */
public final class NotifyRules {

    /** The settings it checks. */
    public static final List<Setting> SETTINGS = List.of(Setting.NOTIFY_URL, Setting.NOTIFY_SECRET, Setting.NOTIFY_ON);

    private NotifyRules() {}

    /**
     * Returns what valid settings describe.
     *
     * @param notify who is told what; nobody if no address is among it
     * @throws IllegalArgumentException if they are not valid
     */
    public static Webhooks webhooks(Notify notify) {
        return Webhooks.parse(notify.urls(), notify.secret()).only(notify.on());
    }

    /** Returns what is wrong with them. */
    static Map<Setting, String> refusals(Notify notify) {
        Map<Setting, String> refusals = new EnumMap<>(Setting.class);
        judge(refusals, Setting.NOTIFY_URL, "addresses", () -> Webhooks.parse(notify.urls(), ""));
        judge(refusals, Setting.NOTIFY_SECRET, "a secret", () -> Webhooks.parse("", notify.secret()));
        judge(refusals, Setting.NOTIFY_ON, "ready, failed or night", () -> Webhooks.NONE.only(notify.on()));
        return refusals;
    }

    private static void judge(
            Map<Setting, String> refusals, Setting setting, String expected, Supplier<Webhooks> rule) {
        try {
            Webhooks unused = rule.get();
        } catch (IllegalArgumentException wrong) {
            refusals.put(setting, expected + " (" + wrong.getMessage() + ')');
        }
    }
}
