package io.mcpgateway.e2e.strangers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.RecordingBackend;
import io.mcpgateway.e2e.fixture.Tap;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.fixture.TestGateway;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import io.mcpgateway.e2e.process.ServerEntry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Clients that request the newest revision first get it, although the server only speaks earlier ones. The 2.x SDKs for
 * Python and Go do so by default, the 2.x SDK for TypeScript if it is set to negotiate.
 */
class ProbingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void clientsThatProbeNeedNoInitialize(Front front) throws Exception {
        front.envoy();
        try (RecordingBackend server = RecordingBackend.start("echo");
                TestGateway gateway = TestGateway.start(front, List.of(ServerEntry.of("it", server.url())))) {
            gateway.awaitTools("the tool of the server", names -> names.contains("it_echo"));
            for (StrangerClient client :
                    List.of(StrangerClient.TYPESCRIPT2_AUTO, StrangerClient.PYTHON2, StrangerClient.GO)) {
                try (Tap tap = Tap.start(gateway.url())) {
                    Map<String, Outcome> outcomes = run(client, tap.url());

                    assertThat(tap.seen())
                            .as(client.label())
                            .containsSubsequence("server/discover 200", "tools/list 200")
                            .noneMatch(request -> request.startsWith("initialize"));
                    assertThat(outcomes.get(Plan.key(client.label(), "it", "tools")))
                            .isInstanceOfSatisfying(
                                    Outcome.Seen.class,
                                    seen -> assertThat(seen.result())
                                            .extracting(
                                                    tool -> tool.path("name").asText())
                                            .containsExactly("it_echo"));
                    assertThat(outcomes.get(Plan.key(client.label(), "it", "initialize")))
                            .isInstanceOfSatisfying(
                                    Outcome.Seen.class,
                                    seen -> assertThat(seen.result()
                                                    .path("version")
                                                    .asText())
                                            .isEqualTo("2026-07-28"));
                }
            }
        }
    }

    private static Map<String, Outcome> run(StrangerClient client, URI url) throws IOException, InterruptedException {
        ForeignTool tool = client.tool().orElseThrow();
        StrangerTools tools = new StrangerTools(Map.of(tool, Foreign.require(tool)), Map.of());
        Path folder = TestFolders.create("probing-" + client.label());
        Path jobs = folder.resolve("jobs.json");
        ObjectNode plan = JSON.createObjectNode().put("limitMillis", 30_000);
        ObjectNode job = plan.putArray("jobs").addObject();
        job.put("server", "it").put("url", url.toString());
        for (String step : List.of("initialize", "tools")) {
            job.withArray("/steps").addObject().put("scenario", step).put("do", step);
        }
        JSON.writeValue(jobs.toFile(), plan);
        Path printed = folder.resolve("printed");
        ProcessBuilder builder = new ProcessBuilder(client.command(ProjectFolder.locate(), tools, jobs))
                .redirectError(folder.resolve("client.log").toFile())
                .redirectOutput(printed.toFile());
        builder.environment().putAll(tools.environment(tool));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(90, TimeUnit.SECONDS))
                    .as("%s ends", client)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Answers.read(client.label(), plan, Files.readAllLines(printed), "the client ended")
                .outcomes();
    }
}
