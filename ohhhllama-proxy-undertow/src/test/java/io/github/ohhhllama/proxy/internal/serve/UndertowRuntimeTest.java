package io.github.ohhhllama.proxy.internal.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.settings.Environment;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.SettingProblem;
import io.github.ohhhllama.proxy.internal.settings.SettingsReader;
import io.github.ohhhllama.testing.SettableClock;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UndertowRuntimeTest {

    private final UndertowRuntime runtime = new UndertowRuntime(
            new Environment(Map.of(), "ada", "/home/ada"), SettableClock.at("2026-11-23T12:00:00Z"));

    @TempDir
    private Path directory;

    @Test
    void refusesADirectoryInPlaceOfTheDatabase() {
        assertThat(problems(Setting.DB_PATH, directory.toString()))
                .extracting(SettingProblem::message)
                .containsExactly("DB_PATH is \"" + directory
                        + "\" (flag --db-path), expected a file (it is a directory, name a file in it)");
    }

    @Test
    void takesADatabaseThatIsNotThereYet() {
        assertThat(problems(Setting.DB_PATH, directory.resolve("queue.db").toString()))
                .isEmpty();
    }

    @Test
    void refusesAScheduleThatIsOver() {
        assertThat(problems(Setting.QUEUE_SCHEDULE, "0 0 3 * * ? 2020"))
                .extracting(SettingProblem::subject)
                .containsExactly("QUEUE_SCHEDULE");
    }

    private List<SettingProblem> problems(Setting setting, String text) {
        return new SettingsReader(new Environment(Map.of(), "ada", directory.toString()), ZoneOffset.UTC)
                .read(Map.of(setting, text), Optional.empty())
                .judgedBy(runtime)
                .problems();
    }
}
