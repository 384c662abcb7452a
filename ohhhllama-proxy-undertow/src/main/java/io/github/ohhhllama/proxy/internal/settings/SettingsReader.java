package io.github.ohhhllama.proxy.internal.settings;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Finds the text in force for every setting: the flag wins over the environment, that over the file, that over the default. */
public final class SettingsReader {

    private static final String FILE_VARIABLE = "OHHHLLAMA_CONFIG";

    private final Environment environment;
    private final ZoneId systemZone;

    /**
     * Creates a reader.
     *
     * @param environment the variables, and whose process this is
     * @param systemZone the zone to take when none is set
     */
    public SettingsReader(Environment environment, ZoneId systemZone) {
        this.environment = environment;
        this.systemZone = systemZone;
    }

    /**
     * Reads the settings.
     *
     * @param flags what the command line says
     * @param file the settings file the command line names; without one, {@code OHHHLLAMA_CONFIG} may name it
     */
    public Settings read(Map<Setting, String> flags, Optional<Path> file) {
        SettingsFile fromFile = file.or(
                        () -> environment.variable(FILE_VARIABLE).map(environment::path))
                .map(SettingsFile::read)
                .orElse(SettingsFile.NONE);
        Map<Setting, SettingValue> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, find(setting, flags, fromFile));
        }
        SettingTexts texts = new SettingTexts(values, environment, fromFile.problems());
        ProxySettings assumed = texts.parse();
        return new Settings(values, texts.problems(), fromFile.notices(), assumed);
    }

    /** A blank text counts as not set, as it is what unset variables become in compose files and units. */
    private SettingValue find(Setting setting, Map<Setting, String> flags, SettingsFile file) {
        Optional<SettingValue> flag = Optional.ofNullable(flags.get(setting))
                .filter(text -> !text.isBlank())
                .map(text -> new SettingValue(setting, text, SettingValue.Source.FLAG, setting.flag()));
        return flag.or(() -> environment
                        .variable(setting.name())
                        .map(text -> new SettingValue(
                                setting, text.strip(), SettingValue.Source.ENVIRONMENT, setting.name())))
                .or(() -> Optional.ofNullable(file.values().get(setting)))
                .filter(value -> !value.text().isBlank())
                .orElseGet(() -> new SettingValue(setting, fallback(setting), SettingValue.Source.DEFAULT, ""));
    }

    private String fallback(Setting setting) {
        return switch (setting) {
            case DB_PATH -> environment.defaultDatabase().toString();
            case TIME_ZONE -> systemZone.getId();
            default -> setting.fallback();
        };
    }
}
