import io.github.ohhhllama.proxy.internal.cli.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Writes the manual pages and the shell completion of the program from the commands it really has.
 *
 * <p>Run with the standalone jar on the class path: {@code java -cp ohhhllama.jar ManPages.java DIRECTORY VERSION DATE}.
 */
final class ManPages {

    private static final String FOOT =
            """
            .SH FILES
            .TP
            .I /opt/ohhhllama/ohhhllama.conf
            the settings of the installed service
            .TP
            .I /var/lib/ohhhllama/queue.db
            its queue
            .SH SEE ALSO
            .BR ohhhllama (1),
            .BR journalctl (1),
            .BR systemctl (1)
            """;

    private final String version;
    private final String date;

    private ManPages(String version, String date) {
        this.version = version;
        this.date = date;
    }

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        CommandLine root = Main.cli().commandLine();
        ManPages pages = new ManPages(arguments[1], arguments[2]);
        Path manual = Files.createDirectories(directory.resolve("man/man1"));
        Files.writeString(manual.resolve("ohhhllama.1"), pages.page(root));
        for (CommandLine command : root.getSubcommands().values()) {
            Files.writeString(manual.resolve("ohhhllama-" + command.getCommandName() + ".1"), pages.page(command));
        }
        Path completion = Files.createDirectories(directory.resolve("bash-completion"));
        // The first lines tell how to install the script by hand, and when it was generated.
        Files.writeString(completion.resolve("ohhhllama"), AutoComplete.bash("ohhhllama", root).lines()
                .filter(line -> !line.startsWith("# on ") && !line.startsWith("# Generated"))
                .collect(Collectors.joining("\n", "", "\n")));
    }

    private String page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        String name = spec.qualifiedName("-");
        List<String> lines = new ArrayList<>();
        lines.add(".TH " + name.toUpperCase() + " 1 \"" + date + "\" \"ohhhllama " + version + "\" \"ohhhllama\"");
        lines.add(".SH NAME");
        lines.add(name + " \\- " + text(firstSentence(spec)));
        lines.add(".SH SYNOPSIS");
        lines.add(text(command.getHelp().synopsis(0).strip()));
        lines.add(".SH DESCRIPTION");
        lines.add(text(description(spec.usageMessage().description())));
        addCommands(command, lines);
        addOptions(spec, lines);
        lines.add(".SH EXIT STATUS");
        spec.usageMessage().exitCodeList().forEach((code, meaning) -> addItem(lines, code.strip(), meaning));
        return String.join("\n", lines) + '\n' + FOOT;
    }

    private static void addCommands(CommandLine command, List<String> lines) {
        if (command.getSubcommands().isEmpty()) {
            return;
        }
        lines.add(".SH COMMANDS");
        lines.add("Each has a page of its own, ohhhllama\\-COMMAND(1).");
        for (Map.Entry<String, CommandLine> entry : command.getSubcommands().entrySet()) {
            addItem(lines, entry.getKey(), description(entry.getValue().getCommandSpec().usageMessage().description()));
        }
    }

    private static void addOptions(CommandSpec spec, List<String> lines) {
        lines.add(".SH OPTIONS");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            addItem(lines, parameter.paramLabel(), description(parameter.description()));
        }
        for (OptionSpec option : spec.options()) {
            String value = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
            addItem(lines, String.join(", ", option.names()) + value, description(option.description()));
        }
    }

    private static void addItem(List<String> lines, String term, String meaning) {
        lines.add(".TP");
        lines.add(".B " + text(term));
        lines.add(text(meaning));
    }

    private static String firstSentence(CommandSpec spec) {
        String all = description(spec.usageMessage().description());
        int end = all.indexOf(". ");
        return (end < 0 ? all : all.substring(0, end)).replaceFirst("\\.$", "");
    }

    private static String description(String[] parts) {
        // Picocli's own escapes; a text that it has resolved already holds bare percent signs.
        return String.join(" ", parts).replace("%n", " ").replace("%%", "%");
    }

    /** Plain text as roff wants it: no line may begin with a control character. */
    private static String text(String plain) {
        String escaped = Ansi.OFF.string(plain).replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
