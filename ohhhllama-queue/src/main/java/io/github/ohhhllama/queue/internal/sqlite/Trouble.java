package io.github.ohhhllama.queue.internal.sqlite;

import io.github.ohhhllama.QueueStorageException;
import io.github.ohhhllama.QueueStorageException.Reason;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** Names what can be wrong with the database file, what to tell the operator, and whether opening it anew may help. */
enum Trouble {
    FULL(Reason.FULL, false, "cannot grow because the disk, or a quota on it, is full: free some space"),
    LOCKED(Reason.UNAVAILABLE, false, "is locked by another process: let that process finish, or end it"),
    IN_USE(
            Reason.UNAVAILABLE,
            false,
            "is in use: stop the proxy first, with sudo systemctl stop ollama-proxy or Ctrl-C"),
    READ_ONLY(Reason.UNAVAILABLE, true, "is read-only: make the file and its directory writable for this user"),
    UNREACHABLE(Reason.UNAVAILABLE, true, "cannot be opened: check that this user may write in its directory"),
    DIRECTORY(Reason.UNAVAILABLE, true, "is a directory, expected a file: name a file in it"),
    REMOTE(
            Reason.UNAVAILABLE,
            true,
            "lies on a file system of the network, or one that is like it, on which SQLite's log does not work: keep it on a"
                    + " disk of this machine, and set DB_PATH to that"),
    DAMAGED(
            Reason.UNAVAILABLE,
            true,
            "is damaged or not a SQLite database and was left as it is: put a backup in its place, or move it away"),
    FOREIGN(
            Reason.UNAVAILABLE,
            true,
            "holds the tables of another program: choose another file; the queue of the bash and Python ohhhllama is taken"
                    + " over by: ohhhllama adopt"),
    NEWER(
            Reason.UNAVAILABLE,
            true,
            "was written by a newer version of this program: install that, or choose another file"),
    REPLACED(
            Reason.UNAVAILABLE,
            true,
            "was replaced or written over while in use: try again, the new file is used then"),
    IO(Reason.UNAVAILABLE, true, "cannot be read or written: check the disk"),
    CLOSED(Reason.UNAVAILABLE, false, "is closed because the program is stopping"),
    ALTERED(Reason.UNAVAILABLE, true, "lacks a table or a column: put a backup in its place, or move it away"),
    UNEXPECTED(Reason.UNAVAILABLE, false, "refuses what was asked: see the log for what SQLite said");

    private static final int PRIMARY_CODE = 0xff;

    private final Reason reason;
    private final boolean reopening;
    private final String sentence;

    Trouble(Reason reason, boolean reopening, String sentence) {
        this.reason = reason;
        this.reopening = reopening;
        this.sentence = sentence;
    }

    /** Tells whether the connections are of no use any more. */
    boolean needsReopening() {
        return reopening;
    }

    /** Tells whether the file works as soon as its surroundings do, so that a program may start with it. */
    boolean isPassing() {
        return this == FULL || this == LOCKED || this == READ_ONLY;
    }

    QueueStorageException exception(DatabaseFile file, @Nullable Throwable cause) {
        return new QueueStorageException(reason, "the queue's database " + file.path() + " " + sentence, cause);
    }

    /** Returns the same about a copy, of which there may be another. */
    QueueStorageException ofBackup(DatabaseFile file, Throwable cause) {
        String what = sentence.replaceFirst(": [^:]*$", "");
        return new QueueStorageException(
                reason, "the backup " + file.path() + " " + what + ": choose another file", cause);
    }

    SQLException asSqlException() {
        return new Found(this);
    }

    /** Returns what the driver's exception means for the file. */
    static Trouble of(Throwable thrown, DatabaseFile file) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Found found) {
                return found.trouble;
            }
            if (cause instanceof SQLiteException sqlite) {
                return ofCode(sqlite.getResultCode().code & PRIMARY_CODE).seenAt(file);
            }
        }
        return UNEXPECTED;
    }

    /** Sorts SQLite's primary result codes, https://sqlite.org/rescode.html. */
    private static Trouble ofCode(int code) {
        return switch (code) {
            case 1, 17 -> ALTERED;
            case 3, 14 -> UNREACHABLE;
            case 5, 6, 15 -> LOCKED;
            case 8 -> READ_ONLY;
            case 10 -> IO;
            case 11, 26 -> DAMAGED;
            case 13 -> FULL;
            default -> UNEXPECTED;
        };
    }

    private Trouble seenAt(DatabaseFile file) {
        if (this == IO && file.refusesBytes()) {
            // What SQLite calls an I/O error is a quota then.
            return FULL;
        }
        return this == UNREACHABLE && file.isReadOnly() ? READ_ONLY : this;
    }

    /** Carries trouble that was found by looking at the file, not by the driver. */
    private static final class Found extends SQLException {

        private static final long serialVersionUID = 1L;

        private final Trouble trouble;

        Found(Trouble trouble) {
            super(trouble.sentence);
            this.trouble = trouble;
        }
    }
}
