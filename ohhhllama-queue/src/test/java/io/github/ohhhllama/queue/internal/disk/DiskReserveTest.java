package io.github.ohhhllama.queue.internal.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DiskReserveTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "500, 500",
        "20GB, 20000000000",
        "20 gb, 20000000000",
        "1.5G, 1500000000",
        "500MiB, 524288000",
        "2TiB, 2199023255552",
        "10k, 10000",
        "5%, 50",
        "0.5 %, 5"
    })
    void readsSizesAndPercentages(String text, long ofAThousand) {
        assertThat(DiskReserve.parse(text).of(1000)).isEqualTo(ofAThousand);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "much", "-1", "100%", "5%%", "1,5GB", "1 iB", "GB", "1e9"})
    void namesWhatIsNeither(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DiskReserve.parse(text))
                .withMessage("expected a size such as 20GB or 500MiB, or a percentage such as 5%, was \"" + text + '"');
    }

    @Test
    void refusesWhatCannotBeKept() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DiskReserve(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DiskReserve(0, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new DiskReserve(0, Double.NaN));
    }
}
