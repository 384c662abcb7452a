package io.github.ohhhllama.proxy.internal.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HumanSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "500, 500",
        "500b, 500",
        "50kB, 50000",
        "50k/s, 50000",
        "50 KB/s, 50000",
        "1.5GB, 1500000000",
        "1.5GiB, 1610612736",
        "20gi, 21474836480",
        "2T, 2000000000000",
        "0.0001k, 0",
    })
    void readsSizesAsPeopleWriteThem(String text, long bytes) {
        assertThat(HumanSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "1.", ".5k", "1,5GB", "5  kB", "5kBps", "5x", "ib", "5i", "1e3", "1GB/h"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> HumanSize.parse(text))
                .isInstanceOf(UnexpectedTextException.class)
                .hasMessageContaining("a number of bytes such as 500, 50kB or 1.5GiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999T", "99999999999999GiB"})
    void refusesMoreThanThereCanBe(String text) {
        assertThatThrownBy(() -> HumanSize.parse(text))
                .isInstanceOf(UnexpectedTextException.class)
                .hasMessageContaining("below 9223372036854775807");
    }
}
