package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Types every command of the documents into a real shell, on a machine with a running proxy, and compares what is printed
 * with what the document shows. What cannot be typed there is {@link RunElsewhere}.
 *
 * <p>The project needs a JDK only, so where a program of the documents is missing (such as curl) they are not run, unless
 * the environment says {@code DOCUMENTED_COMMANDS=required}, as CI does.
 */
final class DocumentedCommandsTest {

    /** What a shell says of a program that cannot be run, or is not there. */
    private static final List<Integer> NOT_RUN = List.of(126, 127);

    /** It says by its exit code how things are, which is not what the documents are about. */
    private static final Pattern TELLING = Pattern.compile("(?:sudo )?ohhhllama (?:status|doctor)\\b.*");

    @TempDir
    private Path home;

    /** What stands in one fence, and what was set in the fences before it. */
    record Session(List<String> before, List<ShellCommand> commands) {

        @Override
        public String toString() {
            return commands.get(0).toString();
        }
    }

    static List<Session> sessions() {
        List<Session> sessions = new ArrayList<>();
        for (Markdown document : Markdown.all()) {
            List<String> before = new ArrayList<>();
            for (Markdown.Fence fence : document.fences()) {
                if (ShellCommand.isAssignments(fence)) {
                    before.addAll(fence.text()
                            .lines()
                            .filter(line -> line.matches("P=.*"))
                            .toList());
                } else if (ShellCommand.isShell(fence)) {
                    sessions.add(new Session(List.copyOf(before), ShellCommand.of(document.toString(), fence)));
                }
            }
        }
        return sessions;
    }

    @ParameterizedTest
    @MethodSource("sessions")
    void everyCommandDoesWhatItsDocumentShows(Session session) throws Exception {
        List<ShellCommand> here = session.commands().stream()
                .filter(command -> RunElsewhere.of(command).isEmpty())
                .toList();
        requirePrograms();
        if (here.isEmpty()) {
            return;
        }
        try (DocumentedMachine machine = new DocumentedMachine(home)) {
            for (ShellCommand command : here) {
                Situation.of(command).make(machine);
                check(command, machine.type(session.before(), command.typed()));
            }
        }
    }

    @Test
    void whatIsRunElsewhereStandsInTheDocumentsAndIsRunThere() throws Exception {
        List<ShellCommand> commands = sessions().stream()
                .flatMap(session -> session.commands().stream())
                .toList();
        for (RunElsewhere elsewhere : RunElsewhere.ALL) {
            assertThat(commands).as(elsewhere.start()).anyMatch(elsewhere::means);
            assertThat(elsewhere.reason()).as(elsewhere.start()).isNotBlank();
            assertThat(Files.readString(Path.of("..", elsewhere.place())))
                    .as(elsewhere.start())
                    .contains(elsewhere.words());
        }
    }

    @Test
    void everySituationIsThatOfACommand() {
        List<ShellCommand> commands = sessions().stream()
                .flatMap(session -> session.commands().stream())
                .toList();

        assertThat(Situation.ALL).allSatisfy(situation -> assertThat(commands).anyMatch(situation::means));
    }

    private static void check(ShellCommand command, DocumentedMachine.Answer answer) {
        String all = command + " printed, with exit code " + answer.exitCode() + ":\n" + answer.printed();
        assertThat(answer.exitCode()).as(all).isNotIn(NOT_RUN);
        if (command.shown().isEmpty() && !TELLING.matcher(command.typed()).matches()) {
            assertThat(answer.exitCode()).as(all).isZero();
        }
        assertThat(Likeness.difference(command.shown(), answer.printed()))
                .as("what is shown and not printed; " + all)
                .isNull();
    }

    /** Leaves a test out where a program is missing, unless none may be. */
    static void requirePrograms() {
        String missing = DocumentedMachine.PROGRAMS.stream()
                .filter(program -> DocumentedMachine.installed(program).isEmpty())
                .collect(Collectors.joining(", "));
        if ("required".equals(System.getenv("DOCUMENTED_COMMANDS"))) {
            assertThat(missing).as("programs that are missing").isEmpty();
        }
        assumeTrue(missing.isEmpty(), "these programs are missing: " + missing);
    }
}
