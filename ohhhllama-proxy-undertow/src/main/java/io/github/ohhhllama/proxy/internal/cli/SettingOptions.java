package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.process.Logging;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.SettingProblem;
import io.github.ohhhllama.proxy.internal.settings.SettingRules;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.settings.SettingsReader;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Turns settings into flags, and flags into settings. */
final class SettingOptions {

    private static final String FILE_FLAG = "--config";

    private final SettingsReader reader;
    private final SettingRules rules;

    SettingOptions(SettingsReader reader, SettingRules rules) {
        this.reader = reader;
        this.rules = rules;
    }

    /** Returns flags for the given settings, and one for the file, to be mixed into a command. */
    static CommandSpec flags(Collection<Setting> settings) {
        CommandSpec spec = CommandSpec.create();
        spec.addOption(OptionSpec.builder(FILE_FLAG)
                .type(Path.class)
                .paramLabel("FILE")
                .description(
                        "A file of NAME=VALUE lines; flags and environment win over it. Environment: OHHHLLAMA_CONFIG.")
                .build());
        for (Setting setting : settings) {
            spec.addOption(OptionSpec.builder(setting.flag())
                    .type(String.class)
                    .paramLabel(setting.label())
                    .description(description(setting))
                    .build());
        }
        return spec;
    }

    /** Reads all settings, those of the command line included. */
    Settings read(ParseResult parsed) {
        Map<Setting, String> flags = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            if (parsed.hasMatchedOption(setting.flag())) {
                flags.put(setting, parsed.<String>matchedOptionValue(setting.flag(), ""));
            }
        }
        Optional<Path> file = parsed.hasMatchedOption(FILE_FLAG)
                ? Optional.of(parsed.<Path>matchedOptionValue(FILE_FLAG, Path.of("")))
                : Optional.empty();
        Settings settings = reader.read(flags, file);
        // Before the rules, as the libraries behind them may log.
        Logging.configure(
                settings.value(Setting.LOG_LEVEL).text(),
                settings.value(Setting.LOG_FORMAT).text());
        return settings.judgedBy(rules);
    }

    /**
     * Returns where the queue is kept, whatever is wrong with other settings.
     *
     * @throws CommandFailure if that setting is wrong
     */
    Path database(ParseResult parsed) {
        Settings settings = read(parsed);
        List<SettingProblem> problems = settings.problems().stream()
                .filter(problem -> problem.subject().equals(Setting.DB_PATH.name()))
                .toList();
        if (!problems.isEmpty()) {
            throw failure(problems);
        }
        return settings.assumed().queue().database();
    }

    /** Returns all problems as one failure of the command. */
    static CommandFailure failure(List<SettingProblem> problems) {
        return new CommandFailure(
                ExitCode.USAGE,
                problems.stream().map(SettingProblem::message).collect(Collectors.joining(System.lineSeparator())));
    }

    private static String description(Setting setting) {
        String fallback = setting.fallback().isEmpty() ? "" : " Default: " + setting.fallback() + '.';
        return (setting.description() + fallback).replace("%", "%%");
    }
}
