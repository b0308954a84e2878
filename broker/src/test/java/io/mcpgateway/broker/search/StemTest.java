package io.mcpgateway.broker.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StemTest {
    /** Examples of Porter's paper, one or more of each step. */
    @ParameterizedTest
    @CsvSource({
        "caresses, caress",
        "ponies, poni",
        "ties, ti",
        "cats, cat",
        "feed, feed",
        "agreed, agre",
        "plastered, plaster",
        "motoring, motor",
        "sing, sing",
        "conflated, conflat",
        "troubled, troubl",
        "sized, size",
        "hopping, hop",
        "falling, fall",
        "hissing, hiss",
        "failing, fail",
        "filing, file",
        "happy, happi",
        "play, play",
        "relational, relat",
        "conditional, condit",
        "rational, ration",
        "digitizer, digit",
        "operator, oper",
        "triplicate, triplic",
        "formative, form",
        "electrical, electr",
        "hopeful, hope",
        "goodness, good",
        "revival, reviv",
        "allowance, allow",
        "replacement, replac",
        "adoption, adopt",
        "adjustable, adjust",
        "effective, effect",
        "probate, probat",
        "rate, rate",
        "cease, ceas",
        "controll, control",
        "roll, roll"
    })
    void cutsEndingsOff(String word, String stem) {
        assertThat(Stem.of(word)).isEqualTo(stem);
    }

    @ParameterizedTest
    @CsvSource({"s3", "k8s", "löschen", "is", "日"})
    void leavesOtherWordsAlone(String word) {
        assertThat(Stem.of(word)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"deployments, deploying", "repositories, repository", "creates, created", "translation, translate"})
    void formsOfOneWordAreOne(String one, String other) {
        assertThat(Stem.of(one)).isEqualTo(Stem.of(other));
    }
}
