package io.github.ohhhllama.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ohhhllama.proxy.internal.cli.OhhhllamaCli;
import io.github.ohhhllama.proxy.internal.process.Surroundings;
import io.github.ohhhllama.proxy.internal.settings.RestartReason;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Compares what the documents say with what the program does. */
final class DocumentationTest {

    private static final List<Path> SOURCES =
            List.of(Path.of("src/main/java"), Path.of("../ohhhllama-spring-boot-sample/src/main/java"));
    private static final Path FRONT_DOOR =
            Path.of("../ohhhllama-queue/src/main/java/io/github/ohhhllama/queue/Ohhhllama.java");
    private static final Pattern SETTING = Pattern.compile("`([A-Z][A-Z_]+)`");
    private static final Pattern EXAMPLE_LINE = Pattern.compile("^#?([A-Z_]+)=\"?([^\"\\n]*)\"?$", Pattern.MULTILINE);
    private static final Pattern REGION =
            Pattern.compile("// tag::(\\w+)\\[]\\n(.*?)\\n *// end::\\1\\[]", Pattern.DOTALL);
    private static final Pattern IN_JAVADOC = Pattern.compile("<pre>\\{@code\n(.*?)\n \\* }</pre>", Pattern.DOTALL);
    private static final Pattern COMMAND =
            Pattern.compile("(?:\\$ )?(?:sudo )?(?:[A-Z_]+=\\S+ )*(?:ExecStart=)?(?:[\\w./~-]*/)?ohhhllama +([a-z].*)");
    private static final Pattern FLAG = Pattern.compile("(?<=^|[\\s`\\[(])--[a-z][a-z-]*");

    private final CommandLine program = program();

    static List<Markdown> documents() {
        return Markdown.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsSomewhere(Markdown document) {
        for (String link : document.links()) {
            if (link.matches("[a-z]+:.*")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty() ? document.file() : document.file().resolveSibling(parts[0]);
            assertThat(target.normalize()).as(document + " links to " + link).exists();
            if (parts.length == 2 && target.toString().endsWith(".md")) {
                assertThat(Markdown.read(target).anchors())
                        .as(document + " links to " + link)
                        .contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyCommandAndItsFlagsExist(Markdown document) {
        for (String typed : commands(document)) {
            assertThat(options(typed, document))
                    .as(document + ": ohhhllama " + typed)
                    .containsAll(flags(typed));
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyFlagInATableOfCommandsBelongsToTheCommand(Markdown document) {
        for (Markdown.Row row : document.rows()) {
            List<String> typed = Markdown.spans(row.cells().get(0));
            if (!row.headings().get(0).equals("Command") || typed.isEmpty()) {
                continue;
            }
            String command = afterProgram(typed.get(0));
            assertThat(options(command, document))
                    .as(document + ": " + command)
                    .containsAll(flags(String.join(" ", row.cells())));
        }
    }

    @Test
    void readmeNamesEveryCommand() {
        Set<String> named = documents().stream()
                .filter(document -> document.toString().equals("README.md"))
                .flatMap(document -> document.rows().stream())
                .filter(row -> row.headings().get(0).equals("Command"))
                .map(row -> afterProgram(Markdown.spans(row.cells().get(0)).get(0)))
                .map(DocumentationTest::firstWord)
                .collect(Collectors.toSet());

        assertThat(named).isEqualTo(program.getSubcommands().keySet());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everySettingInATableExistsAndHasItsDefault(Markdown document) {
        for (Markdown.Row row : document.rows()) {
            int column = row.headings().indexOf("Default");
            if (column < 0 || !row.headings().get(0).startsWith("Setting")) {
                continue;
            }
            Setting setting = setting(row.cells().get(0), document);
            List<String> fallback = Markdown.spans(row.cells().get(column));
            assertThat(fallback)
                    .as(document + ": default of " + setting)
                    .isEqualTo(setting.fallback().isEmpty() ? List.of() : List.of(setting.fallback()));
        }
    }

    @Test
    void configurationHasOneRowForEverySettingAndItsFlag() {
        List<String> rows = Markdown.read(Path.of("../docs/configuration.md")).rows().stream()
                .filter(row -> row.headings().get(0).equals("Setting, flag"))
                .map(row -> row.cells().get(0))
                .toList();

        assertThat(rows)
                .containsExactlyInAnyOrder(Stream.of(Setting.values())
                        .map(setting -> '`' + setting.name() + "` `" + setting.flag() + '`')
                        .toArray(String[]::new));
    }

    @Test
    void exampleOfTheSettingsFileHasEverySettingOnceAndTheDefaultsOfThoseThatHaveOne() throws IOException {
        Map<String, String> values = new TreeMap<>();
        List<MatchResult> lines = EXAMPLE_LINE
                .matcher(Files.readString(Path.of("../packaging/ohhhllama.conf.example")))
                .results()
                .toList();
        lines.forEach(line -> values.put(line.group(1), line.group(2)));

        assertThat(lines)
                .extracting(line -> line.group(1))
                .containsExactlyInAnyOrder(
                        Stream.of(Setting.values()).map(Setting::name).toArray(String[]::new));
        for (Setting setting : Setting.values()) {
            if (!setting.fallback().isEmpty()) {
                assertThat(values).as(setting.name()).containsEntry(setting.name(), setting.fallback());
            }
        }
    }

    @Test
    void configurationNamesEverySettingThatMayChangeWhileTheProxyRuns() {
        Set<String> named = documents().stream()
                .flatMap(document -> document.rows().stream())
                .filter(row -> row.headings().contains("What becomes of a change"))
                .flatMap(row -> Markdown.spans(row.cells().get(0)).stream())
                .collect(Collectors.toSet());

        assertThat(named)
                .isEqualTo(Stream.of(Setting.values())
                        .filter(setting -> RestartReason.of(setting).isEmpty())
                        .map(Setting::name)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyJavaFenceIsARegionOfTheExamplesOrTheJavadocOfTheFrontDoorAndTheOtherWayRound() throws IOException {
        List<String> fences = documents().stream()
                .flatMap(document -> document.fences().stream())
                .filter(fence -> fence.language().equals("java"))
                .map(Markdown.Fence::text)
                .toList();

        assertThat(fences)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(regions().values());
    }

    @Test
    void whatShowsThatAThreatIsMetExists() throws IOException {
        Set<String> shown = documents().stream()
                .flatMap(document -> document.rows().stream())
                .filter(row -> row.headings().contains("Shown by"))
                .flatMap(row -> Markdown.spans(row.cells().get(row.headings().indexOf("Shown by"))).stream())
                .collect(Collectors.toSet());
        Set<String> tests = tests();

        assertThat(shown).hasSizeGreaterThan(20).allSatisfy(name -> {
            if (name.contains("/")) {
                assertThat(Path.of("..", name)).exists();
            } else {
                assertThat(tests).contains(name);
            }
        });
    }

    private static Set<String> tests() throws IOException {
        Set<String> tests = new TreeSet<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path sources : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (Stream<Path> files = Files.walk(sources)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith("Test.java"))
                            .forEach(name -> tests.add(name.replace(".java", "")));
                }
            }
        }
        return tests;
    }

    @Test
    void architectureNamesEveryRoomAndNoOther() throws IOException {
        Set<String> named = new TreeSet<>();
        for (Markdown.Row row :
                Markdown.read(Path.of("../docs/ARCHITECTURE.md")).rows()) {
            if (row.headings().get(0).equals("Module") && !row.cells().get(1).isEmpty()) {
                named.addAll(roomsIn(row.cells().get(1)));
            }
        }

        assertThat(named).isEqualTo(rooms());
    }

    /** Returns the rooms of a cell; one that begins with a dot stands beside the one before. */
    private static Set<String> roomsIn(String cell) {
        Set<String> rooms = new TreeSet<>();
        String before = "";
        for (String room : Markdown.spans(cell.replace("(root)", "`(root)`"))) {
            before = room.startsWith(".") ? before.replaceFirst("\\.\\w+$", room) : room;
            rooms.add(before);
        }
        return rooms;
    }

    private static Set<String> rooms() throws IOException {
        Set<String> rooms = new TreeSet<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.toList()) {
                Path sources = module.resolve("src/main/java/io/github/ohhhllama");
                if (Files.isDirectory(sources)) {
                    rooms.addAll(roomsBelow(sources));
                }
            }
        }
        return rooms;
    }

    private static List<String> roomsBelow(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.endsWith("package-info.java"))
                    .map(file -> sources.relativize(file.getParent()).toString())
                    .map(room -> room.isEmpty() ? "(root)" : room.replace('/', '.'))
                    .toList();
        }
    }

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new TreeMap<>(Map.of("front door", frontDoor()));
        for (Path sources : SOURCES) {
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path source : files.filter(Files::isRegularFile).toList()) {
                    for (MatchResult region :
                            REGION.matcher(Files.readString(source)).results().toList()) {
                        regions.put(
                                region.group(1), region.group(2).stripIndent().strip());
                    }
                }
            }
        }
        return regions;
    }

    private static String frontDoor() throws IOException {
        MatchResult shown = IN_JAVADOC
                .matcher(Files.readString(FRONT_DOOR))
                .results()
                .findFirst()
                .orElseThrow();
        return shown.group(1).replaceAll("(?m)^ \\* ?", "").strip();
    }

    /** Returns what follows the program's name wherever somebody types it, up to a comment or the next command. */
    private static List<String> commands(Markdown document) {
        Stream<String> spans = document.prose().stream().flatMap(line -> Markdown.spans(line).stream());
        Stream<String> fenced = document.fences().stream()
                .filter(fence -> !fence.language().equals("java"))
                .flatMap(fence -> fence.code().stream())
                .map(String::strip);
        List<String> commands = new ArrayList<>();
        Stream.concat(spans, fenced).forEach(line -> {
            var typed = COMMAND.matcher(line);
            if (typed.matches()) {
                commands.add(typed.group(1).replaceFirst(" *[#|;&>].*", ""));
            }
        });
        return commands;
    }

    private Set<String> options(String typed, Markdown document) {
        CommandLine command = program.getSubcommands().get(firstWord(typed));
        if (command == null) {
            throw new AssertionError(document + " names a command that is none: ohhhllama " + typed);
        }
        return command.getCommandSpec().optionsMap().keySet();
    }

    private static String afterProgram(String typed) {
        return typed.replaceFirst("^\\S+ ", "");
    }

    private static String firstWord(String text) {
        return text.replaceFirst(" .*", "");
    }

    private static List<String> flags(String text) {
        return FLAG.matcher(text).results().map(MatchResult::group).toList();
    }

    private static Setting setting(String cell, Markdown document) {
        var name = SETTING.matcher(cell);
        assertThat(name.find())
                .as(document + ": expected the name of a setting, got " + cell)
                .isTrue();
        assertThat(Setting.values())
                .extracting(Setting::name)
                .as(document.toString())
                .contains(name.group(1));
        return Setting.valueOf(name.group(1));
    }

    private static CommandLine program() {
        OhhhllamaCli cli = io.github.ohhhllama.proxy.internal.cli.Main.cli();
        Surroundings surroundings = io.github.ohhhllama.proxy.internal.cli.Main.surroundings();
        return cli.commandLine(new DemoCommand(surroundings, cli, Tempo.LIVE));
    }
}
