package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.proxy.internal.json.ActionView;
import io.github.ohhhllama.proxy.internal.process.ExitCode;
import io.github.ohhhllama.proxy.internal.remote.EntryText;
import io.github.ohhhllama.proxy.internal.remote.ProxyClient.Answer;
import io.github.ohhhllama.proxy.internal.terminal.Amounts;
import io.github.ohhhllama.proxy.internal.terminal.PlainText;
import io.github.ohhhllama.proxy.internal.terminal.Terminal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

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
        // What was only tried out is answered with 200, and names the status that it would get.
        Integer tried = answer.view().httpStatus();
        int code = ExitCode.of(tried == null ? answer.status() : tried);
        if (exitCode == ExitCode.OK) {
            exitCode = code;
        }
        if (options.json()) {
            terminal.out().println(answer.body().strip());
        } else if (code != ExitCode.OK) {
            terminal.err().println("ohhhllama: " + PlainText.of(subject + ": " + sentence(subject, answer)));
        } else if (!options.quiet()) {
            terminal.out().println(PlainText.of(sentence(subject, answer) + standing(answer.view())));
        }
        return code == ExitCode.OK;
    }

    private static String sentence(String subject, Answer<ActionView> answer) {
        ActionView view = answer.view();
        if (view.message() == null && "success".equals(view.status())) {
            // Ollama's own word for a pull that had nothing to do.
            return subject + " is here";
        }
        return view.sentence().orElseGet(() -> "the proxy answered " + answer.status());
    }

    private String standing(ActionView view) {
        List<String> parts = new ArrayList<>();
        if (view.position() != null) {
            parts.add("position " + view.position());
        }
        if (view.position() != null && view.startsAt() != null) {
            parts.add("starts " + Amounts.local(view.startsAt(), zone));
        }
        if (view.size() != null && view.missing() != null) {
            parts.add(Amounts.size(view.missing()) + " of " + Amounts.size(view.size()) + " to fetch");
        }
        if (view.ready() != null) {
            parts.add("ready " + new EntryText(zone).range(view.ready()));
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ')';
    }
}
