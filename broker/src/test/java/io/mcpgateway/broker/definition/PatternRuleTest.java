package io.mcpgateway.broker.definition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which patterns ECMAScript's Unicode mode surely compiles; checked against Node.js when these rows were written. */
class PatternRuleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "^[a-z][a-z0-9-]*$",
                "^\\d{4}-\\d{2}-\\d{2}$",
                "^(?:https?)://[^\\s/]+(/.*)?$",
                "(?<year>[0-9]{4})",
                "a{2,}b{1,3}?c*?d+?e??",
                "^(a|b|)$",
                "[\\w.\\-]+@[\\w.-]+\\.[a-zA-Z]{2,}",
                "(?=.*[A-Z])(?!x).{8,}",
                "\\u00e9\\x41\\p{L}\\/",
                "é",
                "",
            })
    void portable(String pattern) {
        assertThat(PatternRule.portable(pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)abc",
                "(?P<x>a)",
                "\\A",
                "\\Z",
                "\\_",
                "\\-",
                "[\\w-.]",
                "[a-\\d]",
                "a{2",
                "a}",
                "]",
                "a++",
                "a*+",
                "^*",
                "(?=a)*",
                "\\b+",
                "a**",
                "[a",
                "(",
                ")",
                "[[a]b]",
                "[a&&b]",
                "\\p{IsGreek}",
                "\\1",
                "a{99999}",
                "*a",
                "[]",
                "[^]",
                "a{,3}",
                "(?#x)",
                "\\Qa\\E",
                "[z-a]",
                "(?>a)",
                "a\nb",
            })
    void notPortable(String pattern) {
        assertThat(PatternRule.portable(pattern)).isFalse();
    }
}
