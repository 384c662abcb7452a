package io.github.ohhhllama.proxy.internal.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds the settings that are in force, right or wrong.
 *
 * @param values one for every setting, in the order of {@link Setting}
 * @param problems everything that is wrong
 * @param notices what is not wrong but worth saying, as sentences
 * @param assumed the parsed settings, with the default in place of each wrong one
 */
public record Settings(
        Map<Setting, SettingValue> values, List<SettingProblem> problems, List<String> notices, ProxySettings assumed) {

    /** Copies the collections. */
    public Settings {
        values = Collections.unmodifiableMap(new EnumMap<>(values));
        problems = List.copyOf(problems);
        notices = List.copyOf(notices);
    }

    /** Returns the settings if nothing is wrong. */
    public Optional<ProxySettings> valid() {
        return problems.isEmpty() ? Optional.of(assumed) : Optional.empty();
    }

    /**
     * Returns the same with what the rules find wrong; a setting that was wrong before is not named again.
     *
     * @param rules judge what this package cannot
     */
    public Settings judgedBy(SettingRules rules) {
        List<SettingProblem> all = new ArrayList<>(problems);
        Set<String> known = problems.stream().map(SettingProblem::subject).collect(Collectors.toSet());
        rules.refusals(assumed).forEach((setting, expected) -> {
            if (!known.contains(setting.name())) {
                all.add(SettingProblem.of(value(setting), expected));
            }
        });
        return new Settings(values, all, notices, assumed);
    }

    /**
     * Returns the value of a setting.
     *
     * @param setting which one
     */
    public SettingValue value(Setting setting) {
        return Objects.requireNonNull(values.get(setting));
    }
}
