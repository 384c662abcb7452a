package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.cli.ProxyClient.Answer;
import io.github.ohhhllama.proxy.internal.json.ActionView;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.time.ZoneId;

/** Says how requests that change something went, and remembers the first that failed. Not thread-safe. */
final class ActionReport {

    private final Terminal terminal;
    private final ProxyOptions options;
    private final ZoneId zone;
    private int exitCode = ExitCode.OK;

    ActionReport(Terminal terminal, ProxyOptions options, ZoneId zone) {
        this.terminal = terminal;
        this.options = options;
        this.zone = zone;
    }

    /** Returns the exit code of the first request that failed, else the one of success. */
    int exitCode() {
        return exitCode;
    }

    /**
     * Adds an answer.
     *
     * @param subject what the request was about
     * @param answer what came back
     * @return whether it was done
     */
    boolean add(String subject, Answer<ActionView> answer) {
        int code = ExitCode.of(answer.status());
        if (exitCode == ExitCode.OK) {
            exitCode = code;
        }
        if (options.json()) {
            terminal.out().println(answer.body().strip());
        } else if (code != ExitCode.OK) {
            terminal.err().println("ohhhllama: " + PlainText.of(subject + ": " + sentence(answer)));
        } else if (!options.quiet()) {
            terminal.out().println(PlainText.of(sentence(answer) + standing(answer.view())));
        }
        return code == ExitCode.OK;
    }

    private static String sentence(Answer<ActionView> answer) {
        return answer.view().sentence().orElseGet(() -> "the proxy answered " + answer.status());
    }

    private String standing(ActionView view) {
        if (view.position() == null) {
            return "";
        }
        String starts = view.startsAt() == null ? "" : ", starts " + Amounts.local(view.startsAt(), zone);
        return " (position " + view.position() + starts + ')';
    }
}
