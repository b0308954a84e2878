package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Secret;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A labelled Secret that one of our objects names is watched, so its change takes effect at once. */
class NamedSecretsTest {
    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: ca, namespace: %s, labels: {mcp.kuadrant.io/credential: "true"}}
            data: {ca.crt: bm90IHlldA==}
            """;

    private final ControllerHarness world = new ControllerHarness();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void theCertificatesOfARegistrationAreReadAgain() {
        world.withWorld();
        world.cluster.create(SECRET.formatted("team"));
        world.start();
        world.awaitReady();
        world.change(
                MCPServerRegistration.class,
                "team",
                "weather",
                registration -> registration.setSpec(ObjectEdits.withCertificates(registration.getSpec(), "ca")));
        awaitReason("MCPServerRegistration", "SecretInvalid");

        repair("team");

        awaitReason("MCPServerRegistration", "Accepted");
    }

    @Test
    void theCertificatesOfAnExtensionAreReadAgain() {
        world.withWorld();
        world.cluster.create(SECRET.formatted(ControllerHarness.NAMESPACE));
        world.start();
        world.awaitReady();
        world.change(
                MCPGatewayExtension.class,
                ControllerHarness.NAMESPACE,
                "mcp",
                extension -> extension.setSpec(ObjectEdits.withCertificates(extension.getSpec(), "ca")));
        awaitReason("MCPGatewayExtension", "SecretInvalid");

        repair(ControllerHarness.NAMESPACE);

        awaitReason("MCPGatewayExtension", "Accepted");
    }

    private void repair(String namespace) {
        world.change(Secret.class, namespace, "ca", secret -> secret.setData(Map.of("ca.crt", certificate())));
    }

    /** In base64, as a Secret holds it. */
    private static String certificate() {
        Path golden = Path.of("src", "test", "resources", "golden", "registration", "ca-certificate", "in.yaml");
        try {
            return ObjectYaml.documents(Files.readString(golden))
                    .getLast()
                    .at("/data/tls.crt")
                    .asText();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private void awaitReason(String kind, String reason) {
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(Conditions.find(world.conditions(kind), "Accepted")
                                .orElseThrow()
                                .getReason())
                        .isEqualTo(reason));
    }
}
