package io.mcpgateway.e2e.scale.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "0.4249, 0.425", "0.4, 0.4", "31.04, 31", "186.5, 187", "999.7, '1,000'", "13104.2, '13,104'"})
    void number(double value, String text) {
        assertThat(Words.number(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5000, 5k", "999, 999", "10000, 10k", "1000000, 1M", "0.01, 0.01"})
    void brief(double value, String text) {
        assertThat(Words.brief(value)).isEqualTo(text);
    }
}
