package io.mcpgateway.broker.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.json.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ToolIndexTest {
    private static final List<Served> TOOLS = PublicTools.all();
    private static final ToolIndex INDEX = ToolIndex.of(TOOLS);

    @Test
    void itFindsByNameDescriptionArgumentAndServer() {
        assertThat(first("createIssue")).isEqualTo("issues_createIssue");
        assertThat(names("chargebacks")).contains("payments_list_disputes", "payments_submit_dispute_evidence");
        assertThat(names("fen")).containsExactly("games_analyze_chess_position");
        assertThat(names("confluence")).allMatch(name -> name.startsWith("wiki_"));
    }

    @Test
    void aWordThatNoToolHasIsTakenForTheBeginningOfOne() {
        assertThat(first("calend")).startsWith("calendar_");
    }

    @Test
    void verbsOfTwoWordsMeanMoreThanEachOfThem() {
        assertThat(Phrases.in(Words.of("turn the big light there off"))).isEmpty();
        assertThat(Phrases.in(Words.of("turn the light off")))
                .singleElement()
                .satisfies(meaning -> assertThat(meaning).containsKey("disabl"));
        assertThat(names("put the meeting off")).contains("calendar_update_event");
    }

    @Test
    void wordsThatPeopleWriteApartAreOneWord() {
        assertThat(names("to do projects")).contains("tasks_list_todo_projects");
        assertThat(names("web hook")).anyMatch(name -> name.contains("webhook"));
    }

    /** Both tools have both words; one has them in its name, and no other. */
    @Test
    void aNameThatIsAskedForAsAWholeComesFirst() {
        assertThat(first("docker image build")).isEqualTo("docker_build_image");
    }

    @Test
    void itFindsNothingForWordsThatNobodyUses() {
        assertThat(names("xyzzy plugh")).isEmpty();
        assertThat(names("")).isEmpty();
        assertThat(names("?!")).isEmpty();
        assertThat(ToolIndex.of(List.of()).search("send a message", 5, _ -> true))
                .isEmpty();
    }

    /** Whatever is asked, whoever asks: nothing that is hidden, nothing twice, no more than wanted. */
    @Test
    void itNeverShowsWhatIsHidden() {
        Random random = new Random(20_261_130);
        List<String> questions = PublicTools.resource("utterances.txt");
        for (int round = 0; round < 500; round++) {
            Set<Served> shown = IntStream.range(0, random.nextInt(200))
                    .mapToObj(_ -> TOOLS.get(random.nextInt(TOOLS.size())))
                    .collect(Collectors.toSet());
            String question = questions.get(random.nextInt(questions.size())).split(" \\| ", -1)[0];
            int limit = 1 + random.nextInt(20);

            List<Served> found = INDEX.search(question, limit, shown::contains);

            assertThat(shown).containsAll(found);
            assertThat(found).hasSizeLessThanOrEqualTo(limit).doesNotHaveDuplicates();
            assertThat(found)
                    .as("the order does not depend on what is hidden")
                    .isEqualTo(INDEX.search(question, TOOLS.size(), _ -> true).stream()
                            .filter(shown::contains)
                            .limit(limit)
                            .toList());
        }
    }

    @Test
    void oneLongDescriptionDoesNotBringAToolEverywhere() {
        String everything = TOOLS.stream().map(Served::name).collect(Collectors.joining(" "));
        Served glutton = new Served(
                "glutton",
                TOOLS.getFirst().route(),
                RawJson.of("{\"name\":\"glutton\",\"description\":\"" + everything + "\"}"));
        List<Served> tools = new ArrayList<>(TOOLS);
        tools.addFirst(glutton);

        ToolIndex index = ToolIndex.of(tools);

        assertThat(List.of("send an email", "list branches", "restart a deployment", "search flights"))
                .allSatisfy(question ->
                        assertThat(index.search(question, 3, _ -> true)).doesNotContain(glutton));
    }

    private static String first(String question) {
        return names(question).getFirst();
    }

    private static List<String> names(String question) {
        return INDEX.search(question, 5, _ -> true).stream().map(Served::name).toList();
    }
}
