package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InstructionsTest {
    private static Iterable<Arguments> texts() {
        return java.util.List.of(
                Arguments.of("use me", "use me"),
                Arguments.of("", ""),
                Arguments.of(" \r\n\t ", ""),
                Arguments.of("  a  \n\n  b  ", "a  \n\n  b"),
                Arguments.of("a\r\nb\rc\nd", "a\nb\nc\nd"),
                Arguments.of("a\tb", "a\tb"),
                Arguments.of("a\u2028b\u2029c", "a\nb\nc"),
                Arguments.of("\u001b[31mred\u0007\u0000", "[31mred"),
                Arguments.of("a\u0085b\u000bc\u000cd\u007fe", "abcde"),
                Arguments.of("pay\u202eevil\u202c \u2066x\u2069", "payevil x"),
                Arguments.of("hid\u200bden\ufeff\u00ad", "hidden"),
                Arguments.of(hidden("say nothing"), ""),
                Arguments.of("half \ud83d pair \ude00", "half  pair "),
                Arguments.of(
                        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
                        "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
                Arguments.of("\ud83d\udc69\u200d\ud83d\udcbb", "\ud83d\udc69\u200d\ud83d\udcbb"));
    }

    /** Text in the plane of tags, which no reader sees. */
    private static String hidden(String text) {
        return text.chars()
                .mapToObj(character -> Character.toString(0xE0000 + character))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("texts")
    void whatNoReaderSeesIsTakenOut(String said, String kept) {
        assertThat(Instructions.of(said)).isEqualTo(new Instructions(kept.strip(), false));
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndSaysSo() {
        assertThat(Instructions.of("x".repeat(4096))).isEqualTo(new Instructions("x".repeat(4096), false));
        assertThat(Instructions.of("x".repeat(4096) + "\n")).isEqualTo(new Instructions("x".repeat(4096), false));
        assertThat(Instructions.of("x".repeat(4097))).isEqualTo(new Instructions("x".repeat(4096), true));
        assertThat(Instructions.of("x".repeat(50_000_000)).text()).hasSize(4096);
        assertThat(Instructions.of("x" + "\ud83d\ude00".repeat(4096)))
                .isEqualTo(new Instructions("x" + "\ud83d\ude00".repeat(2047), true));
    }

    @Test
    void everyCharacterIsKeptOrGoneButNeverBecomesAnother() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT).forEach(character -> {
            String around = "a" + Character.toString(character) + "b";
            assertThat(Instructions.of(around).text())
                    .as("U+%04X", character)
                    .isIn(around, "ab", "a\nb")
                    .satisfies(text -> assertThat(text.lines().count())
                            .isEqualTo(text.chars().filter(each -> each == '\n').count() + 1));
        });
    }
}
