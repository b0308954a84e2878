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
        assertThat(Words.telling(Words.of("What is the weather in Rome?"))).containsExactly("weather", "rome");
        assertThat(Words.telling(Words.of("where is it")))
                .as("nothing else is left")
                .containsExactly("where", "is", "it");
        assertThat(Words.telling(Words.of(" ?! "))).isEmpty();
    }

    @Test
    void aQuestionLosesWhatIsOnlyPolite() {
        assertThat(Words.telling(Words.of("Could you please tell me the exchange rate, thanks?")))
                .containsExactly("exchang", "rate");
        assertThat(Words.telling(Words.of("i would like to reserve a room"))).containsExactly("reserv", "room");
        assertThat(Words.telling(Words.of("hello"))).as("nothing else is left").containsExactly("hello");
        assertThat(Words.telling(Words.of("tell the team"))).containsExactly("tell", "team");
    }

    @Test
    void aVeryLongWordIsShortened() {
        assertThat(Words.of("x".repeat(100_000)).getFirst()).hasSize(64);
    }
}
