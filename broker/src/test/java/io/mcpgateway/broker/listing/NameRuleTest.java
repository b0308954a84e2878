package io.mcpgateway.broker.listing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameRuleTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "UPPER-lower_1", "n", "0"})
    void namesThatEverybodyTakes(String name) {
        assertThat(NameRule.warning(name)).isEmpty();
        assertThat(NameRule.warning("n".repeat(64 - name.length()) + name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b", "dir/tool", "with space", "größe", "q\"uote", "semi;colon", "emoji😀", "a\nb"})
    void charactersThatModelsDoNotTake(String name) {
        assertThat(NameRule.warning(name))
                .hasValueSatisfying(warning -> assertThat(warning).contains("characters"));
    }

    @Test
    void lengths() {
        assertThat(NameRule.warning("n".repeat(65)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("64"));
        assertThat(NameRule.warning("n".repeat(128)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("64"));
        assertThat(NameRule.warning("n".repeat(129)))
                .hasValueSatisfying(warning -> assertThat(warning).contains("128"));
    }
}
