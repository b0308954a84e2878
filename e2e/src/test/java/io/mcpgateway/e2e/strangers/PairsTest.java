package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairsTest {
    private static final List<String> CLIENTS =
            Stream.of(StrangerClient.values()).map(StrangerClient::label).toList();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 9})
    void reducedRunHasSoManyServersForEachClientAndLeavesNoServerOut(int each) throws IOException {
        Plan plan = plan(each);

        for (String client : CLIENTS) {
            assertThat(plan.servers())
                    .filteredOn(server -> plan.has(client, server.name()))
                    .hasSize(each);
        }
        assertThat(plan.servers())
                .allMatch(server -> CLIENTS.stream().anyMatch(client -> plan.has(client, server.name())));
    }

    @Test
    void wholeRunHasEveryPairButThoseLeftOut() throws IOException {
        Plan plan = plan(Integer.MAX_VALUE);

        assertThat(plan.servers()).allSatisfy(server -> {
            assertThat(CLIENTS).containsAll(server.notBy());
            assertThat(CLIENTS)
                    .allMatch(client ->
                            plan.has(client, server.name()) != server.notBy().contains(client));
        });
    }

    private static Plan plan(int each) throws IOException {
        Path file = ProjectFolder.locate().resolve("e2e/foreign/strangers/scenarios.yaml");
        return Plan.read(file, each, Pattern.compile(""));
    }
}
