package io.github.ohhhllama.proxy.internal.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

final class TableTest {

    private final Table table = new Table(1, Set.of(0), "ID", "MODEL", "STATUS");

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        table.add("1", "mistral", "pending");
        table.add("100", "x", "failed");

        assertThat(table.lines(80))
                .containsExactly(" ID  MODEL    STATUS", "  1  mistral  pending", "100  x        failed");
    }

    @Test
    void theFlexibleColumnGivesWayToTheWindow() {
        table.add("1", "hf.co/somebody/a-model-with-a-very-long-name", "pending");

        assertThat(table.lines(30)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(30));
        assertThat(table.lines(30).get(1)).isEqualTo(" 1  hf.co/somebody/a…  pending");
    }

    @Test
    void aNarrowWindowLeavesEightCharacters() {
        table.add("1", "hf.co/somebody/model", "pending");

        assertThat(table.lines(5).get(1)).isEqualTo(" 1  hf.co/s…  pending");
    }

    @Test
    void controlCharactersAreTakenOut() {
        table.add("1", "a\u001b[2Jb\nc", "pending");

        assertThat(table.lines(80).get(1)).contains("a [2Jb c").doesNotContain("\u001b");
    }
}
