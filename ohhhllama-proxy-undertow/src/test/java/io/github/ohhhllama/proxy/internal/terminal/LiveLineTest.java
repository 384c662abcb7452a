package io.github.ohhhllama.proxy.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class LiveLineTest {

    private final StringWriter written = new StringWriter();

    @Test
    void beforeAPersonTheLineIsDrawnAnewInPlaceAndCutToTheWindow() {
        LiveLine line = line(true);
        line.show("half", "1");
        line.show("a text that is too long", "1");
        line.say("done");

        assertThat(written.toString().lines().toList())
                .containsExactly("", "\u001b[Khalf", "\u001b[Ka text th…", "\u001b[Kdone");
    }

    @Test
    void elsewhereThereIsALineForEachStep() {
        LiveLine line = line(false);
        line.show("1 of 9", "first");
        line.show("2 of 9", "first");
        line.show("3 of 9", "second");
        line.clear();

        assertThat(written.toString().lines()).containsExactly("1 of 9", "3 of 9");
    }

    private LiveLine line(boolean interactive) {
        PrintWriter writer = new PrintWriter(written);
        return new LiveLine(new Terminal(writer, writer, interactive, () -> 11));
    }
}
