package io.mcpgateway.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.controller.desired.RenderedConfig;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.ObjectYaml;
import io.mcpgateway.controller.translation.Translation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code golden/<feature>/<case>/in.yaml} holds what the case adds to, replaces in or deletes from
 * {@code golden/base.yaml}; {@code out.yaml} holds the outcome. Run with {@code -Dgolden=update} to rewrite the
 * outcomes, then read the difference.
 */
class PlannerGoldenTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");
    private static final boolean UPDATE = "update".equals(System.getProperty("golden"));

    static List<Path> cases() throws IOException {
        List<Path> cases = new ArrayList<>();
        for (String feature : List.of("extension", "registration", "virtualserver")) {
            try (Stream<Path> folders = Files.list(ROOT.resolve(feature))) {
                folders.map(ROOT::relativize).sorted().forEach(cases::add);
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOutcomeIsTheRecordedOne(Path name) throws IOException {
        Path expected = ROOT.resolve(name).resolve("out.yaml");
        String outcome = ObjectYaml.print(outcome(world(name)));

        if (UPDATE) {
            Files.writeString(expected, outcome);
        }

        assertThat(outcome).isEqualTo(Files.readString(expected));
    }

    /** Plans may be taken over from one translation to the next only if that changes nothing. */
    @ParameterizedTest
    @MethodSource("cases")
    void theOutcomeIsTheSameAfterAnyOther(Path name) throws IOException {
        World world = world(name);
        Translation base = Translation.NONE.next(new World(base()).facts());
        Translation before = base.next(world(previous(name)).facts());

        assertThat(new Outcome(world, before.next(world.facts())).tree()).isEqualTo(outcome(world));
    }

    /** JSON that is read twice, as by two watches, must give equal facts: reconciles wait until they are. */
    @ParameterizedTest
    @MethodSource("cases")
    void factsThatAreReadTwiceAreEqual(Path name) throws IOException {
        assertThat(world(name).facts()).isEqualTo(world(name).facts());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theBrokerTakesEveryConfiguration(Path name) throws IOException {
        World world = world(name);

        for (MCPGatewayExtension extension : world.extensions()) {
            var config = RenderedConfig.of(Translation.NONE
                    .next(world.facts())
                    .extension(ObjectKey.of(extension))
                    .config());
            assertThat(ConfigYaml.parse(config.document())).isEqualTo(new ConfigYaml.Result.Parsed(config.config()));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noStatusHoldsACredential(Path name) throws IOException {
        JsonNode outcome = outcome(world(name));
        outcome.path("extensions").forEach(extension -> ((ObjectNode) extension).remove("config"));

        assertThat(ObjectYaml.print(outcome)).doesNotContain("test-api-key-secret-token");
    }

    private static JsonNode outcome(World world) {
        return new Outcome(world, Translation.NONE.next(world.facts())).tree();
    }

    private static Path previous(Path name) throws IOException {
        List<Path> cases = cases();
        return cases.get((cases.indexOf(name) + cases.size() - 1) % cases.size());
    }

    private static List<JsonNode> base() throws IOException {
        return ObjectYaml.documents(Files.readString(ROOT.resolve("base.yaml")));
    }

    private static World world(Path name) throws IOException {
        List<JsonNode> documents = new ArrayList<>(base());
        documents.addAll(
                ObjectYaml.documents(Files.readString(ROOT.resolve(name).resolve("in.yaml"))));
        return new World(documents);
    }
}
