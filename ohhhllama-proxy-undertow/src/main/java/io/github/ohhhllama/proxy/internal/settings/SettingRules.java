package io.github.ohhhllama.proxy.internal.settings;

import java.util.Map;

/** Judges the settings whose grammar belongs to other rooms, such as cron expressions and networks. */
@FunctionalInterface
public interface SettingRules {

    /**
     * Returns what is wrong with which setting: a phrase fit to follow the word "expected".
     *
     * @param settings the settings; one that was refused before has its default here
     */
    Map<Setting, String> refusals(ProxySettings settings);
}
