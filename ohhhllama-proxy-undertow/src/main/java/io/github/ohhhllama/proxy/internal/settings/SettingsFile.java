package io.github.ohhhllama.proxy.internal.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Holds what a file of {@code KEY=VALUE} lines says, in the form that shells and systemd's {@code EnvironmentFile} read
 * as well: empty lines and lines that begin with {@code #} are left out, {@code export} and quotes around the value may
 * stand there, and of two lines with one name the later counts.
 *
 * @param values the settings that were found
 * @param problems what is wrong with the other lines
 * @param notices what else is worth saying
 */
record SettingsFile(Map<Setting, SettingValue> values, List<SettingProblem> problems, List<String> notices) {

    /** What there is without a file. */
    static final SettingsFile NONE = new SettingsFile(Map.of(), List.of(), List.of());

    /**
     * Reads a file.
     *
     * @param file where it is; one that cannot be read is a problem among others
     */
    static SettingsFile read(Path file) {
        try {
            return parse(file.toString(), Files.readAllLines(file));
        } catch (NoSuchFileException missing) {
            return unreadable(file, "there is no such file");
        } catch (CharacterCodingException binary) {
            return unreadable(file, "it is not UTF-8 text");
        } catch (IOException unreadable) {
            return unreadable(file, unreadable.toString());
        }
    }

    /**
     * Parses the lines of a file.
     *
     * @param name what messages call the file
     * @param lines its lines
     */
    static SettingsFile parse(String name, List<String> lines) {
        SettingsFile file = new SettingsFile(new EnumMap<>(Setting.class), new ArrayList<>(), new ArrayList<>());
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                file.take(line, name + ':' + (index + 1));
            }
        }
        return file;
    }

    private void take(String line, String place) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            problems.add(new SettingProblem(place, place + ": expected NAME=VALUE, was \"" + line + '"'));
            return;
        }
        String name = line.substring(0, equals).strip().replaceFirst("^export\\s+", "");
        String text = unquote(line.substring(equals + 1).strip());
        Setting.named(name)
                .ifPresentOrElse(
                        setting ->
                                values.put(setting, new SettingValue(setting, text, SettingValue.Source.FILE, place)),
                        () -> takeOther(name, place));
    }

    private void takeOther(String name, String place) {
        FormerSetting.named(name)
                .ifPresentOrElse(
                        former -> notices.add(place + ": " + former.sentence()),
                        () -> problems.add(unknown(name, place)));
    }

    private static SettingProblem unknown(String name, String place) {
        String suggestion = Spelling.nearest(name, Setting.names())
                .map(near -> ", did you mean " + near + '?')
                .orElse(", expected one of " + String.join(", ", Setting.names()));
        return new SettingProblem(name, place + ": there is no setting \"" + name + '"' + suggestion);
    }

    private static String unquote(String text) {
        char first = text.isEmpty() ? ' ' : text.charAt(0);
        boolean quoted = text.length() > 1 && (first == '"' || first == '\'') && text.endsWith(String.valueOf(first));
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static SettingsFile unreadable(Path file, String reason) {
        String message = "The settings file " + file + " cannot be read: " + reason;
        return new SettingsFile(Map.of(), List.of(new SettingProblem(file.toString(), message)), List.of());
    }
}
