package io.mcpgateway.broker.listing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///{path} | file:///a.txt | true",
                "file:///{path} | file:///a/b.txt | false",
                "file:///{path} | file:/// | false",
                "file:///{+path} | file:///a/b.txt | true",
                "file:///{path*} | file:///a/b.txt | true",
                "test://template/{id}/data | test://template/123/data | true",
                "test://template/{id}/data | test://template/123/data/more | false",
                "test://template/{id}/data | test://template//data | false",
                "db://{schema}/{table} | db://public/users | true",
                "db://{schema}/{table} | db://public | false",
                "x:{a}-{b} | x:1-2-3 | true",
                "x:{a}-{b} | x:12 | false",
                "repo://{owner}/{name}{?ref,depth} | repo://a/b | true",
                "repo://{owner}/{name}{?ref,depth} | repo://a/b?ref=main&depth=1 | true",
                "x:a?q=1{&page} | x:a?q=1&page=2 | true",
                "x:a?q=1{&page} | x:a?q=1 | true",
                "x:a?q=1{&page} | x:a?q=12 | false",
                "x:a{/segments*} | x:a/b/c | true",
                "x:a{/one} | x:a/b/c | false",
                "x:a{/one} | x:a | true",
                "x:a{#part} | x:a#b | true",
                "x:a{.type} | x:a.json | true",
                "x:a{;v} | x:a;v=1 | true",
                "plain://no/expression | plain://no/expression | true",
                "plain://no/expression | plain://no/expressions | false",
                "x:{first:3} | x:abc | true",
                "日本://{名} | 日本://東京 | true",
            })
    void matchesWhatItCanBeExpandedTo(String template, String uri, boolean expected) {
        assertThat(UriTemplate.parse(template).orElseThrow().matches(uri)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:{", "x:}", "x:{}", "x:{a", "x:a}b", "x:{a b}", "x:{a,}", "x:{=a}", "x:{{a}}", "x:{+}"})
    void otherTextIsNoTemplate(String text) {
        assertThat(UriTemplate.parse(text)).isEmpty();
    }

    @Test
    void moreLiteralTextAndNarrowerExpressionsComeFirst() {
        assertThat(Stream.of("x:{+all}", "x:{a}/{b}", "x:{a}", "x:docs/{a}", "x:docs/{a}/c")
                        .map(text -> UriTemplate.parse(text).orElseThrow())
                        .sorted(UriTemplate.MOST_SPECIFIC_FIRST))
                .extracting(UriTemplate::toString)
                .containsExactly("x:docs/{a}/c", "x:docs/{a}", "x:{a}/{b}", "x:{a}", "x:{+all}");
    }

    /** A backtracking matcher would not return within the age of the universe. */
    @Test
    void hostileTemplatesAreMatchedInTheTimeThatBothLengthsTake() {
        UriTemplate template =
                UriTemplate.parse("x:" + "{a}-{+b}".repeat(200) + "!").orElseThrow();
        long start = System.nanoTime();

        assertThat(template.matches("x:" + "-".repeat(2000))).isFalse();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
