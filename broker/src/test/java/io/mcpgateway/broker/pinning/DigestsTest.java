package io.mcpgateway.broker.pinning;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.pinning.PinningMode;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestsTest {
    private static final String TOOL =
            "{\"name\":\"a\",\"description\":\"says A\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":10}}}}";

    /** What nobody who approves it could see. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"name\" : \"a\",\n\"description\":\"says A\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":10}}}}",
                "{\"inputSchema\":{\"properties\":{\"n\":{\"maximum\":10,\"type\":\"integer\"}},\"type\":\"object\"},\"description\":\"says A\",\"name\":\"a\"}",
                "{\"name\":\"a\",\"description\":\"says \\u0041\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":10}}}}"
            })
    void theWayOfWritingMakesNoDifference(String same) {
        assertThat(digest(same)).isEqualTo(digest(TOOL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"b\",\"description\":\"says A\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":10}}}}",
                "{\"name\":\"a\",\"description\":\"says A \",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":10}}}}",
                "{\"name\":\"a\",\"description\":\"says A\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":11}}}}",
                "{\"name\":\"a\",\"description\":\"says A\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":\"10\"}}}}",
                "{\"name\":\"a\",\"description\":\"says A\",\"x\":1,\"inputSchema\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\",\"maximum\":10}}}}"
            })
    void anythingElseDoes(String other) {
        assertThat(digest(other).digest()).isNotEqualTo(digest(TOOL).digest());
    }

    /** Two numbers that are the same as doubles. */
    @Test
    void numbersAreNotRounded() {
        assertThat(digest(TOOL.replace(":10}", ":9007199254740993}")).digest())
                .isNotEqualTo(digest(TOOL.replace(":10}", ":9007199254740992}")).digest());
    }

    /** Written down, because approvals in people's files must hold after an update of the gateway. */
    @Test
    void theDigestOfADefinitionStaysTheSame() {
        assertThat(digest(TOOL).digest()).isEqualTo("29b9ae27eaef4a8f3e931d8dc743cde4");
        assertThat(status(List.of(TOOL, TOOL.replace("\"a\"", "\"b\""))).list())
                .isEqualTo(status(List.of(TOOL.replace("\"a\"", "\"b\""), TOOL)).list())
                .isEqualTo("636d66923def641c07b6c9a35d10aa71");
    }

    /** Python's {@code json.dumps(..., sort_keys=True, separators=(",", ":"), ensure_ascii=False)} writes the same. */
    @Test
    void everyCharacterIsWrittenAsOthersWriteIt() {
        assertThat(digest(TOOL.replace("says A", "a\\n\\t\\\"\\\\\\u0001\\u00e9\\ud83d\\ude00/\\u007f"))
                        .digest())
                .isEqualTo("5bab886573cbb494afce98e7717cb54c");
    }

    @Test
    void partsAreToldApart() {
        ToolDigest before = digest(TOOL);
        ToolDigest after = digest(
                TOOL.replace("says A", "says B").replace("\"name\"", "\"title\":\"T\",\"x\":1,\"y\":2,\"name\""));

        assertThat(before.differences(after)).containsExactly("description", "other", "title");
        assertThat(after.differences(before)).isEqualTo(before.differences(after));
        assertThat(before.differences(before)).isEmpty();
    }

    /** People who approve a definition see what hides in it. */
    @Test
    void unapprovedDefinitionsAreShownInAscii() {
        String hiding = TOOL.replace("says A", "says \u200B\u00E9\uDB40\uDC41\\n");
        PinnedServer server = PinnedServer.of(
                Reports.of(new ServerName("ns/a"), List.of(TOOL.replace("\"a\"", "\"b\""), hiding)),
                new ToolPinning(
                        PinningMode.QUARANTINE,
                        List.of(digest(TOOL.replace("\"a\"", "\"b\"")).digest())));

        assertThat(UnapprovedDefinitions.of(server).toString())
                .isEqualTo(
                        "{\"digest\":\"%s\",\"total\":1,\"definitions\":[{\"name\":\"a\",\"state\":\"new\",\"digest\":\"%s\","
                                        .formatted(
                                                server.status().orElseThrow().list(),
                                                digest(hiding).digest())
                                + "\"definition\":{\"description\":\"says \\u200b\\u00e9\\udb40\\udc41\\n\",\"inputSchema\":{\"properties\":"
                                + "{\"n\":{\"maximum\":10,\"type\":\"integer\"}},\"type\":\"object\"},\"name\":\"a\"}}]}");
    }

    private static ToolDigest digest(String tool) {
        return status(List.of(tool)).tools().getFirst();
    }

    private static PinningStatus status(List<String> tools) {
        return PinnedServer.of(
                        Reports.of(new ServerName("ns/a"), tools), new ToolPinning(PinningMode.OBSERVE, List.of()))
                .status()
                .orElseThrow();
    }
}
