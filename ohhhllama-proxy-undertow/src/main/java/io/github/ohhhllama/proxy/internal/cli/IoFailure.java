package io.github.ohhhllama.proxy.internal.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Puts into words why a file could not be used; Java's own messages are often the name of the file alone. */
final class IoFailure {

    private IoFailure() {}

    /** Returns the words. */
    static String words(IOException failure) {
        if (!(failure instanceof FileSystemException named)) {
            return String.valueOf(failure.getMessage());
        }
        if (named.getReason() != null) {
            return named.getFile() + ": " + named.getReason();
        }
        if (named instanceof NoSuchFileException) {
            return named.getFile() + ": there is no such file or directory";
        }
        return named instanceof AccessDeniedException
                ? named.getFile() + ": this user may not do that"
                : named.toString();
    }
}
