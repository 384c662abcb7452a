package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import io.github.ohhhllama.proxy.internal.settings.ProxySettings.Listen;
import io.github.ohhhllama.proxy.internal.settings.Setting;
import io.github.ohhhllama.proxy.internal.settings.SettingProblem;
import io.github.ohhhllama.proxy.internal.settings.Settings;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the flags that all commands have which talk to a running proxy. */
final class ProxyOptions {

    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> OURS = Set.of(Setting.LISTEN_HOST.name(), Setting.LISTEN_PORT.name());

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = "Where the proxy is; by default where the settings let it listen.")
    private @Nullable String proxy;

    @Option(names = "--json", description = "Prints the proxy's JSON, for scripts.")
    private boolean json;

    @Option(names = "--quiet", description = "Prints nothing but errors.")
    private boolean quiet;

    /** Tells whether JSON is wanted. */
    boolean json() {
        return json;
    }

    /** Tells whether only errors are wanted. */
    boolean quiet() {
        return quiet;
    }

    /** Tells whether words for people are wanted. */
    boolean talks() {
        return !json && !quiet;
    }

    /**
     * Prints an answer: as it came for scripts, in words for people.
     *
     * @param terminal where to
     * @param answer the answer
     * @param words writes the lines for people
     */
    <T> void print(Terminal terminal, Answer<T> answer, Function<T, List<String>> words) {
        if (quiet) {
            return;
        }
        if (json) {
            terminal.out().println(answer.body().strip());
        } else {
            words.apply(answer.view()).forEach(terminal.out()::println);
        }
    }

    /** Returns a client of the proxy that is meant. */
    ProxyClient client(SettingOptions options) {
        if (proxy != null) {
            return new ProxyClient(parse(proxy));
        }
        Settings settings = options.read(command.commandLine().getParseResult());
        List<SettingProblem> problems = settings.problems().stream()
                .filter(problem -> OURS.contains(problem.subject()))
                .toList();
        if (!problems.isEmpty()) {
            throw SettingOptions.failure(problems);
        }
        return new ProxyClient(address(settings.assumed().listen()));
    }

    /**
     * Returns where clients reach a proxy that listens there.
     *
     * @throws CommandFailure if that cannot be known
     */
    static URI address(Listen listen) {
        if (listen.port() == 0) {
            throw new CommandFailure(ExitCode.USAGE, "LISTEN_PORT is 0, which is any port: say which by --proxy URL");
        }
        String host = switch (listen.host()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default -> listen.host().contains(":") ? '[' + listen.host() + ']' : listen.host();
        };
        return URI.create("http://" + host + ':' + listen.port());
    }

    private static URI parse(String text) {
        try {
            URI uri = new URI(text.contains("://") ? text : "http://" + text);
            boolean port = uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= HIGHEST_PORT);
            if (port && uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException invalid) {
            // Falls through to the same words as for any other text that is not an address.
        }
        throw new CommandFailure(ExitCode.USAGE, "--proxy is \"" + text + "\", expected http://HOST:PORT or HOST:PORT");
    }
}
