package io.mcpgateway.controller.reasons;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.ServerStatus.DefinitionsStatus;
import io.mcpgateway.api.contract.ServerStatus.InvalidToolStatus;
import io.mcpgateway.api.contract.ServerStatus.NameConflict;
import io.mcpgateway.api.contract.ServerStatus.Totals;
import io.mcpgateway.api.v1alpha1.reason.ReasonStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReasonDetailsTest {
    @Test
    void countsAreCompleteAndDetailsAreBounded() {
        List<NameConflict> lost = IntStream.range(0, 400)
                .mapToObj(tool -> new NameConflict("tool", "t" + tool, new ServerName("ns/keeper" + tool % 40)))
                .toList();
        List<InvalidToolStatus> invalid = List.of(new InvalidToolStatus("bad", List.of("x".repeat(5_000))));
        DefinitionsStatus definitions = new DefinitionsStatus(700, List.of(), 0, List.of(), 0, List.of());

        List<ReasonStatus> reasons = ReasonDetails.joined(ReasonDetails.of(server(lost, invalid, definitions)));

        assertThat(reasons)
                .hasSize(ReasonDetails.MOST_REASONS)
                .allSatisfy(reason -> assertThat(reason.items())
                        .hasSizeLessThanOrEqualTo(ReasonDetails.MOST_ITEMS)
                        .allSatisfy(item -> assertThat(item).hasSizeLessThan(210)));
        assertThat(ReasonDetails.joined(ReasonDetails.of(server(List.of(), invalid, definitions))))
                .extracting(ReasonStatus::code, ReasonStatus::count)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("InvalidDefinition", 700));
    }

    /** Otherwise a status would be written because replicas answer in another order. */
    @Test
    void theOrderOfReplicasAndOfTheirListsIsNoChange() {
        List<ReasonStatus> told = new ArrayList<>(List.of(
                new ReasonStatus("NameConflict", 2, "server ns/a", List.of("tool x", "tool y")),
                new ReasonStatus("NameConflict", 1, "server ns/a", List.of("tool z")),
                new ReasonStatus("Unreachable", 1, "server ns/self")));
        List<ReasonStatus> joined = ReasonDetails.joined(told);
        Collections.reverse(told);

        assertThat(ReasonDetails.joined(told)).isEqualTo(joined);
        assertThat(joined)
                .containsExactly(
                        new ReasonStatus("Unreachable", 1, "server ns/self"),
                        new ReasonStatus("NameConflict", 2, "server ns/a", List.of("tool x", "tool y", "tool z")));
    }

    private static ServerStatus server(
            List<NameConflict> lost, List<InvalidToolStatus> invalid, DefinitionsStatus definitions) {
        return new ServerStatus(
                "ns/self::self.local",
                new ServerName("ns/self"),
                McpServer.State.ENABLED,
                true,
                "",
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Totals(1, 0, 0, 0),
                lost,
                invalid,
                definitions,
                Optional.empty(),
                false);
    }
}
