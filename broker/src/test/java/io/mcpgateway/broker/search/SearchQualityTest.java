package io.mcpgateway.broker.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.listing.FindTools;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * How good the ranking is, on more than 1,000 tools. A question is answered if one of the tools that would do is among the
 * first five (recall@5). The ranking was tuned by the odd lines of questions.txt and utterances.txt only; the even ones are
 * held out. Whoever wrote the lists of words has read them all, so docs/tool-search.md also has a figure of other people's sentences.
 */
class SearchQualityTest {
    private static final int FIRST = 5;
    private static final List<Served> TOOLS = PublicTools.all();
    private static final ToolIndex INDEX = ToolIndex.of(TOOLS);

    private record Question(String words, Set<String> answers) {
        static Question of(String line) {
            String[] parts = line.split(" \\| ", -1);
            return new Question(parts[0], Set.of(parts[1].split(" ", -1)));
        }

        boolean isAnswered() {
            return INDEX.search(words, FIRST, _ -> true).stream()
                    .map(Served::name)
                    .anyMatch(answers::contains);
        }
    }

    /** What models ask: they have read what the tool wants to be asked. */
    @Test
    void ofWhatModelsAskNineOfTenAreAnswered() {
        assertThat(recall("questions.txt", 0)).isGreaterThanOrEqualTo(0.95);
        assertThat(recall("questions.txt", 1)).as("held out").isGreaterThanOrEqualTo(0.95);
    }

    /** A client that passes on what people say, word by word, gets less: there is no model here that knows the world. */
    @Test
    void ofWhatPeopleSayFourOfFiveAreAnswered() {
        assertThat(recall("utterances.txt", 0)).isGreaterThanOrEqualTo(0.90);
        assertThat(recall("utterances.txt", 1)).as("held out").isGreaterThanOrEqualTo(0.80);
    }

    /** Written later, about other tools, and farther from the tools' own words; nobody tuned by any line. */
    @Test
    void ofWhatPeopleParaphraseThreeOfFiveAreAnswered() {
        assertThat((recall("spoken.txt", 0) + recall("spoken.txt", 1)) / 2).isGreaterThanOrEqualTo(0.60);
    }

    /** A token is taken for four bytes of JSON, here as there. */
    @Test
    void theListIsShorterByMoreThanNineteenOfTwenty() {
        int whole = TOOLS.stream().mapToInt(tool -> tool.json().length()).sum();
        int pinned =
                TOOLS.stream().limit(5).mapToInt(tool -> tool.json().length()).sum();
        int shortened = FindTools.DEFINITION.length() + pinned;
        System.out.printf(
                Locale.ROOT,
                "tokens in a list: %d, with search and five pinned tools: %d (%.1f %% less)%n",
                whole / 4,
                shortened / 4,
                100.0 * (whole - shortened) / whole);

        assertThat((double) shortened / whole).isLessThanOrEqualTo(0.05);
    }

    @Test
    void theQuestionsAreAboutToolsThatExist() {
        Set<String> names = TOOLS.stream().map(Served::name).collect(Collectors.toSet());
        assertThat(names).hasSameSizeAs(TOOLS).hasSizeGreaterThan(1_000);
        for (String file : List.of("questions.txt", "utterances.txt", "spoken.txt")) {
            List<Question> questions =
                    PublicTools.resource(file).stream().map(Question::of).toList();
            assertThat(questions).hasSizeGreaterThan(100).doesNotHaveDuplicates();
            assertThat(questions).allSatisfy(question -> assertThat(names).containsAll(question.answers()));
        }
    }

    private static double recall(String file, int half) {
        List<String> lines = PublicTools.resource(file);
        List<Question> questions = IntStream.range(0, lines.size())
                .filter(line -> line % 2 == half)
                .mapToObj(line -> Question.of(lines.get(line)))
                .toList();
        double recall = (double) questions.stream().filter(Question::isAnswered).count() / questions.size();
        System.out.printf(
                Locale.ROOT,
                "recall@%d of %s, %s: %.3f of %d questions, %d tools%n",
                FIRST,
                file,
                half == 0 ? "odd lines" : "even lines",
                recall,
                questions.size(),
                TOOLS.size());
        return recall;
    }
}
