package io.mcpgateway.broker.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void namesAreCutIntoTheirWords() {
        assertThat(Words.of("createPullRequest")).containsExactly("creat", "pull", "request");
        assertThat(Words.of("list_s3_objects")).containsExactly("list", "s3", "object");
        assertThat(Words.of("get-HTTPServer")).containsExactly("get", "http", "server");
        assertThat(Words.of("k8s.pods/list")).containsExactly("k8s", "pod", "list");
    }

    @Test
    void scriptsWithoutSpacesAreCutIntoCharacters() {
        assertThat(Words.of("東京の天気")).containsExactly("東", "京", "の", "天", "気");
        assertThat(Words.of("Погода в Москве")).containsExactly("погода", "в", "москве");
        assertThat(Words.of("날씨 알림")).containsExactly("날씨", "알림");
    }

    @Test
    void aQuestionLosesWhatSaysNothing() {
        assertThat(Words.ofQuestion("What is the weather in Rome?")).containsExactly("weather", "rome");
        assertThat(Words.ofQuestion("where is it")).as("nothing else is left").containsExactly("where", "is", "it");
        assertThat(Words.ofQuestion(" ?! ")).isEmpty();
    }

    @Test
    void aVeryLongWordIsShortened() {
        assertThat(Words.of("x".repeat(100_000)).getFirst()).hasSize(64);
    }
}
