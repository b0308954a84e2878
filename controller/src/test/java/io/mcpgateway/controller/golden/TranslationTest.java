package io.mcpgateway.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.testing.ObjectYaml;
import io.mcpgateway.controller.translation.Translation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a translation is kept for the next one, and whether it is about an object as somebody else has it. */
class TranslationTest {
    private static final ObjectKey SERVER = new ObjectKey("mcp-test", "server1");

    private final World world = world("");
    private final Translation translation = Translation.NONE.next(world.facts());

    @Test
    void equalFactsHaveTheSameTranslation() {
        assertThat(translation.next(world("").facts())).isSameAs(translation);
    }

    @Test
    void aPlanIsKeptWhileItsOwnFactsAreTheSame() {
        Translation next = translation.next(world("""
                apiVersion: v1
                kind: Service
                metadata: {name: unrelated, namespace: elsewhere}
                spec: {ports: [{port: 80}]}
                """).facts());

        assertThat(next).isNotSameAs(translation);
        assertThat(next.registration(SERVER)).isSameAs(translation.registration(SERVER));
    }

    @Test
    void itIsOfObjectsAsItsFactsHaveThem() {
        MCPGatewayExtension extension = world.extensions().getFirst();
        MCPServerRegistration registration = world.registrations().getFirst();
        assertThat(translation.isOf(extension)).isTrue();
        assertThat(translation.isOf(registration)).isTrue();

        registration.getMetadata().setResourceVersion("77");
        registration.setStatus(null);
        assertThat(translation.isOf(registration))
                .as("another version that says the same")
                .isTrue();

        extension.getMetadata().setDeletionTimestamp("2026-11-23T12:00:00Z");
        registration.getMetadata().setName("unknown");
        assertThat(translation.isOf(extension)).as("on its way out by now").isFalse();
        assertThat(translation.isOf(registration)).as("not among the facts").isFalse();
    }

    private static World world(String more) {
        try {
            Path base = Path.of("src", "test", "resources", "golden", "base.yaml");
            List<JsonNode> documents = new ArrayList<>(ObjectYaml.documents(Files.readString(base)));
            documents.addAll(ObjectYaml.documents(more));
            return new World(documents);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
