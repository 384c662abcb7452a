package io.github.ohhhllama.proxy.internal.ollama;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Is a shell script that stands for Ollama; it notes its process id each time it starts. */
public final class FakeOllama {

    private FakeOllama() {}

    public static Path write(Path directory, String script) throws IOException {
        Path program = directory.resolve("ollama");
        Files.writeString(
                program,
                "#!/bin/sh\nPATH=/usr/bin:/bin\necho $$ >> '" + directory.resolve("pids") + "'\n" + script + '\n');
        return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    public static List<Long> processIds(Path directory) throws IOException {
        Path notes = directory.resolve("pids");
        return Files.exists(notes)
                ? Files.readAllLines(notes).stream().map(Long::valueOf).toList()
                : List.of();
    }

    public static boolean runs(Path directory) throws IOException {
        return processIds(directory).stream()
                .anyMatch(id -> ProcessHandle.of(id).map(ProcessHandle::isAlive).orElse(false));
    }
}
