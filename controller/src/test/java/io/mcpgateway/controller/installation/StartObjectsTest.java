package io.mcpgateway.controller.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartObjectsTest {
    private static final String PATH = "/apis/mcp.kagenti.com/v1alpha1/namespaces/mcp-system/mcpgatewayextensions/%s"
            + "?fieldManager=mcp-gateway-installation&force=false";
    private static final String EXTENSION = """
            apiVersion: mcp.kagenti.com/v1alpha1
            kind: MCPGatewayExtension
            metadata: {name: %s, namespace: mcp-system}
            spec: {targetRef: {name: mcp-gateway}}
            """;

    private final KubernetesMockServer server = new KubernetesMockServer(false);

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws IOException {
        server.init();
        server.expect()
                .get()
                .withPath("/apis/mcp.kagenti.com/v1alpha1")
                .andReturn(200, """
                        {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "mcp.kagenti.com/v1alpha1",
                        "resources": [{"name": "mcpgatewayextensions", "kind": "MCPGatewayExtension",
                        "namespaced": true}]}""")
                .always();
        Files.writeString(folder.resolve("one.yaml"), EXTENSION.formatted("one"));
        Files.writeString(folder.resolve("two.yaml"), EXTENSION.formatted("two"));
        Files.writeString(folder.resolve("readme.txt"), "not an object");
    }

    @AfterEach
    void end() {
        server.destroy();
    }

    @Test
    void everyYamlFileIsAppliedWithoutForce() throws InterruptedException {
        answer("one", 200);
        answer("two", 200);

        apply();

        for (String name : new String[] {"one", "two"}) {
            RecordedRequest request = nextPatch();
            assertThat(request.getMethod()).isEqualTo("PATCH");
            assertThat(request.getPath()).isEqualTo(PATH.formatted(name));
            assertThat(request.getHeader("Content-Type")).contains("apply-patch+yaml");
        }
    }

    @Test
    void whatSomebodyElseChangedIsLeftAlone() throws InterruptedException {
        answer("one", 409);
        answer("two", 200);

        apply();

        assertThat(nextPatch().getPath()).isEqualTo(PATH.formatted("one"));
        assertThat(nextPatch().getPath()).isEqualTo(PATH.formatted("two"));
    }

    @Test
    void anyOtherRefusalIsTold() {
        answer("one", 403);

        assertThatThrownBy(this::apply)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(403));
    }

    @Test
    void aMissingFolderIsTold() {
        try (KubernetesClient client = server.createClient()) {
            assertThatThrownBy(() -> new StartObjects(client, folder.resolve("none")).apply())
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("none");
        }
    }

    /** The next request that is not a question for kinds. */
    private RecordedRequest nextPatch() throws InterruptedException {
        RecordedRequest request = server.takeRequest();
        while (request.getMethod().equals("GET")) {
            request = server.takeRequest();
        }
        return request;
    }

    private void answer(String name, int code) {
        server.expect()
                .patch()
                .withPath(PATH.formatted(name))
                .andReturn(code, EXTENSION.formatted(name))
                .always();
    }

    private void apply() {
        try (KubernetesClient client = server.createClient()) {
            new StartObjects(client, folder).apply();
        }
    }
}
