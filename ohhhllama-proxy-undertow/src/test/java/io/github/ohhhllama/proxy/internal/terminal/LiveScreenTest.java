package io.github.ohhhllama.proxy.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveScreenTest {

    private static final String END = "\u001b[K" + System.lineSeparator();

    private final StringWriter written = new StringWriter();
    private int width = 80;
    private int height = 4;

    private final Terminal terminal = terminal();
    private final LiveScreen screen = new LiveScreen(terminal);

    @Test
    void drawsOverWhatItDrew() {
        screen.draw(List.of("one", "two"));
        screen.draw(List.of("three"));

        assertThat(written.toString())
                .isEqualTo("one" + END + "two" + END + "\u001b[J" + "\r\u001b[2A" + "three" + END + "\u001b[J");
    }

    @Test
    void leavesOutWhatTheWindowHasNoRoomFor() {
        screen.draw(List.of("one", "two", "three", "four"));

        assertThat(written.toString()).contains("three").doesNotContain("four");
    }

    @Test
    void beginsAnewWhenTheWidthChanged() {
        screen.draw(List.of("one"));
        width = 40;
        screen.draw(List.of("two"));

        assertThat(written.toString()).endsWith("\u001b[H\u001b[2J" + "two" + END + "\u001b[J");
    }

    @Test
    void takesAWindowOfUnknownHeightForAUsualOne() {
        height = 0;

        assertThat(terminal.height()).isEqualTo(24);
    }

    private Terminal terminal() {
        PrintWriter writer = new PrintWriter(written, true);
        return new Terminal(writer, writer, true, () -> width, () -> height);
    }
}
