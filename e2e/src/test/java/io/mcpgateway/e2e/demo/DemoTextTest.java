package io.mcpgateway.e2e.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String READS = ",\"annotations\":{\"readOnlyHint\":true}";
    private static final String DESTROYS = ",\"annotations\":{\"readOnlyHint\":false,\"destructiveHint\":true}";
    private static final String NO_HINT = "";
    private static final String NOTHING = "-";

    /** The first command for a new user must not delete everything, or print the environment. */
    @ParameterizedTest
    @CsvSource({
        "delete_all, DESTROYS, -, time, READS, -, time",
        "delete_all, NO_HINT, -, time, READS, zone, time",
        "get-env, READS, -, echo, READS, text, echo",
        "get-env, READS, -, search, READS, text, search",
        "delete_all, NO_HINT, -, greet, NO_HINT, name, greet",
        "a_greet, NO_HINT, name, b_time, READS, -, b_time",
    })
    void theExampleIsTheMostHarmlessTool(
            String first,
            String firstHint,
            String firstTakes,
            String second,
            String secondHint,
            String secondTakes,
            String chosen)
            throws JsonProcessingException {
        ListedTool one = tool(first, hint(firstHint), firstTakes);
        ListedTool other = tool(second, hint(secondHint), secondTakes);

        assertThat(Stream.of(List.of(one, other), List.of(other, one)))
                .allSatisfy(tools -> assertThat(DemoText.example(tools))
                        .get()
                        .extracting(ListedTool::name)
                        .isEqualTo(chosen));
    }

    @Test
    void withoutToolsThereIsNoExample() {
        assertThat(DemoText.example(List.of())).isEmpty();
    }

    @Test
    void aToolThatMayWriteIsShownWithAWarning() throws JsonProcessingException {
        URI url = URI.create("http://127.0.0.1:8888/mcp");
        assertThat(DemoText.examples(url, tool("wipe", NO_HINT, NOTHING)))
                .anySatisfy(line -> assertThat(line).contains("wipe is not marked as read-only"));
        assertThat(DemoText.examples(url, tool("time", READS, NOTHING)))
                .noneSatisfy(line -> assertThat(line).contains("only reads"));
    }

    @Test
    void theLineForDoctorHasEverythingThatItNeeds() {
        assertThat(DemoText.doctorLine(
                        Path.of("/my folder/config.yaml"),
                        URI.create("http://127.0.0.1:40123/"),
                        URI.create("http://127.0.0.1:8888/mcp")))
                .isEqualTo("If something is broken: scripts/kubectl-mcp doctor --config '/my folder/config.yaml'"
                        + " --broker-url http://127.0.0.1:40123/ --gateway-url http://127.0.0.1:8888/mcp"
                        + "   (after scripts/build.sh)");
    }

    @Test
    void aServerWithThousandsOfToolsLeavesRoomForOthers() {
        List<ListedTool> tools = Stream.concat(
                        IntStream.range(0, 6000).mapToObj(i -> new ListedTool("huge_" + i, "a/huge", "", true, "{}")),
                        Stream.of(new ListedTool("tiny_one", "b/tiny", "", true, "{}")))
                .toList();

        assertThat(DemoText.table(tools).lines())
                .hasSizeLessThan(60)
                .anySatisfy(line -> assertThat(line).startsWith("tiny_one"))
                .anySatisfy(line -> assertThat(line).startsWith("... 5960 more").endsWith("a/huge"));
    }

    @Test
    void serversThatAreNotReadyAreNamedWithTheirReason() {
        DemoView view =
                new DemoView(List.of(), List.of(new GatewayState.Server("a/down", false, "connection refused")));

        assertThat(view.lines()).contains("No tools yet.", "  a/down: connection refused");
        assertThat(view.complete()).isFalse();
    }

    private static String hint(String name) {
        return switch (name) {
            case "READS" -> READS;
            case "DESTROYS" -> DESTROYS;
            default -> NO_HINT;
        };
    }

    private static ListedTool tool(String name, String annotations, String takes) throws JsonProcessingException {
        String required = takes.equals(NOTHING) ? "" : ",\"required\":[\"" + takes + "\"]";
        return ListedTool.of(
                JSON.readTree("{\"name\":\"" + name + "\",\"inputSchema\":{\"type\":\"object\"" + required + "}"
                        + annotations + "}"),
                List.of());
    }
}
