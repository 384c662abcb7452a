package io.github.ohhhllama.proxy.internal.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the process that listens on a port, by what Linux tells in {@code /proc} (man 5 proc); elsewhere, and of the
 * processes of others, nothing is known.
 *
 * @param root the root of the file system
 */
record SocketOwner(Path root) {

    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int HEXADECIMAL = 16;

    /**
     * Returns the name of the program and the id of its process.
     *
     * @param port a TCP port of this machine
     */
    Optional<String> of(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("tcp", "tcp6")) {
            lines(root.resolve("proc/net").resolve(table)).stream()
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> isListening(fields, port))
                    .forEach(fields -> sockets.add("socket:[" + fields[INODE] + ']'));
        }
        return entries(root.resolve("proc"), "[0-9]*").stream()
                .filter(process -> holds(process, sockets))
                .map(process -> name(process) + " (process " + process.getFileName() + ')')
                .findFirst();
    }

    private static boolean isListening(String[] fields, int port) {
        if (fields.length <= INODE || !fields[STATE].equals(LISTENING)) {
            return false;
        }
        String local = fields[LOCAL_ADDRESS];
        return Integer.parseInt(local.substring(local.indexOf(':') + 1), HEXADECIMAL) == port;
    }

    private static boolean holds(Path process, Set<String> sockets) {
        return entries(process.resolve("fd"), "*").stream().anyMatch(handle -> {
            try {
                return sockets.contains(Files.readSymbolicLink(handle).toString());
            } catch (IOException gone) {
                return false;
            }
        });
    }

    private static String name(Path process) {
        return lines(process.resolve("comm")).stream().findFirst().orElse("a program");
    }

    private static List<Path> entries(Path folder, String names) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, names)) {
            found.forEach(entries::add);
        } catch (IOException | DirectoryIteratorException notToBeSeen) {
            return List.of();
        }
        return entries;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException notToBeRead) {
            return List.of();
        }
    }
}
