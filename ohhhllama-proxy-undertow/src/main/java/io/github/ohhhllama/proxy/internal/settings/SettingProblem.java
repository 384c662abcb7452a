package io.github.ohhhllama.proxy.internal.settings;

/**
 * Says what is wrong with one setting.
 *
 * @param subject the setting's name, or where the trouble is if no setting can be named
 * @param message the whole sentence, with the value and what was expected
 */
public record SettingProblem(String subject, String message) {

    static SettingProblem of(SettingValue value, String expected) {
        return new SettingProblem(
                value.setting().name(),
                value.setting().name() + " is \"" + value.shown() + "\" (" + value.origin() + "), expected "
                        + expected);
    }

    /** Returns the sentence. */
    @Override
    public String toString() {
        return message;
    }
}
