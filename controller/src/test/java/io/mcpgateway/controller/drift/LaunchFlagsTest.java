package io.mcpgateway.controller.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchFlagsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                   | --a=1 --b=2
            --a=1 --b=2                          | --a=1 --b=2
            --b=2 --a=1                          | --a=1 --b=2
            --a=9 --user=x                       | --a=1 --b=2 --user=x
            --a 9 --user x                       | --a=1 --b=2 --user x
            --user --a=1                         | --a=1 --b=2 --user
            --user=x --user=y                    | --a=1 --b=2 --user=x --user=y
            ./program --a=1 word --user=x word   | --a=1 --b=2 --user=x
            --gone=3 --gone 3 --user=x           | --a=1 --b=2 --user=x
            --mcp-router-key=secret              | --a=1 --b=2
            --session-signing-key secret --x     | --a=1 --b=2 --x
            -v                                   | --a=1 --b=2 -v
            """)
    void oursComeFirstAndThoseOfOthersStay(String live, String expected) {
        List<String> words = live.isEmpty() ? List.of() : List.of(live.split(" "));

        assertThat(String.join(
                        " ", LaunchFlags.merged(List.of("--a=1", "--b=2"), words, Set.of("--a", "--b", "--gone"))))
                .isEqualTo(expected);
    }
}
