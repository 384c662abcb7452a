package io.github.ohhhllama.proxy.internal.cli;

import io.github.ohhhllama.Priority;
import io.github.ohhhllama.proxy.internal.json.BadBodyException;
import io.github.ohhhllama.proxy.internal.json.PriorityWord;
import io.github.ohhhllama.proxy.internal.process.CommandFailure;
import io.github.ohhhllama.proxy.internal.process.ExitCode;

/** Reads the priority that somebody typed. */
final class PriorityOption {

    private PriorityOption() {}

    /**
     * Parses a word.
     *
     * @throws CommandFailure if it is no priority
     */
    static Priority parse(String word) {
        try {
            return PriorityWord.parse(word);
        } catch (BadBodyException unknown) {
            throw new CommandFailure(ExitCode.USAGE, "--" + unknown.getMessage());
        }
    }
}
