package io.github.ohhhllama.proxy.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.queue.Ohhhllama;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackupCommandTest {

    private final CommandRun run = new CommandRun();

    @TempDir
    private Path directory;

    private String file;
    private String copy;

    @BeforeEach
    void name() {
        file = directory.resolve("queue.db").toString();
        copy = directory.resolve("copy.db").toString();
        run.variables.put("DB_PATH", file);
    }

    @Test
    void copiesAndPutsBack() {
        Ohhhllama.builder(Path.of(file)).build().close();

        assertThat(run.execute("backup", copy)).isEqualTo(ExitCode.OK);
        assertThat(run.execute("restore", copy)).isEqualTo(ExitCode.OK);
        assertThat(run.out.toString().lines())
                .containsExactly(
                        "copied " + file + " to " + copy,
                        "restored " + file + " from " + copy + "; what was there is " + file
                                + ".replaced-20261123T120000Z");
    }

    @Test
    void saysWhatStandsAgainstIt() throws Exception {
        Ohhhllama.builder(Path.of(file)).build().close();
        Files.writeString(Path.of(copy), "precious");

        assertThat(run.execute("backup", copy)).isEqualTo(ExitCode.CONFLICT);
        assertThat(run.execute("backup", "--force", file)).isEqualTo(ExitCode.CONFLICT);
        assertThat(run.execute("restore", copy)).isEqualTo(ExitCode.FAILED);
        assertThat(run.execute("restore", copy + ".none")).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString().lines())
                .containsExactly(
                        "ohhhllama: " + copy + " is there already; --force overwrites a file",
                        "ohhhllama: " + file + " is there already; it is the database itself",
                        "ohhhllama: nothing was restored: the backup " + copy
                                + " is damaged or not a SQLite database and was left as it is: choose another file",
                        "ohhhllama: nothing was restored: " + copy + ".none: there is no such file");
    }

    @Test
    void namesADatabaseThatIsNotThere() {
        assertThat(run.execute("backup", copy)).isEqualTo(ExitCode.FAILED);
        assertThat(run.err.toString())
                .startsWith("ohhhllama: no backup was made: " + file + ": there is no such database");
    }
}
