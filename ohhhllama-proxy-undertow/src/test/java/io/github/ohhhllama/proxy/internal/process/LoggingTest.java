package io.github.ohhhllama.proxy.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs with the configuration of the standalone program, which embedders do not have. */
final class LoggingTest {

    @Test
    void textIsARecordALine() throws Exception {
        List<String> lines = logged("text");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .contains(
                        " WARN  Test - first | second ?[31m \"a | b?\" | java.lang.IllegalStateException: because | of")
                .contains("| at io.github.ohhhllama.")
                .doesNotContainPattern("\\p{Cntrl}");
        assertThat(lines.get(1)).endsWith(" INFO  Test - plain");
    }

    @Test
    void jsonIsAnObjectALine() throws Exception {
        List<String> lines = logged("JSON");

        assertThat(lines)
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .startsWith("{\"timestamp\":")
                        .endsWith("}")
                        .doesNotContainPattern("\\p{Cntrl}"));
        assertThat(lines.get(0))
                .contains(
                        "\"level\":\"WARN\"",
                        "\"loggerName\":\"io.github.Test\"",
                        "\"formattedMessage\":\"first\\nsecond \\u001B[31m \\\"a",
                        "\"throwable\":{\"className\":\"java.lang.IllegalStateException\"");
    }

    private static List<String> logged(String format) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "src/standalone" + File.pathSeparator + System.getProperty("java.class.path"),
                        LoggingProcess.class.getName(),
                        format)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().toList();
    }
}
