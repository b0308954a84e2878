package io.mcpgateway.controller.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.mcpgateway.controller.testing.CommandRun;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code trace --request-id} in a cluster with one Gateway, whose Envoy may write an access log. */
class LoggedCallTest {
    private static final String ID = "7d8e3a52-0b1c-4f6d-9a3e-5c2f1e0d9b8a";
    private static final String ACCESS = "[2026-12-01T10:00:00.000Z] \"POST /mcp HTTP/1.1\" 200 - via_upstream - \"-\""
            + " 90 40 7 5 \"-\" \"curl/8\" \"" + ID
            + "\" \"mcp.example.com\" \"10.0.0.1:9090\" outbound|9090||server1 - - - - -";

    private final KubernetesMockServer server = new KubernetesMockServer(false);

    @BeforeEach
    void start() {
        server.init();
        pods("app%3Dmcp-gateway", "mcp-system", "broker", "started");
    }

    @AfterEach
    void stop() {
        server.destroy();
    }

    @Test
    void withoutAnAccessLogItSaysHowToSwitchOneOn() {
        pods("gateway.networking.k8s.io%2Fgateway-name", "gateway-system", "istio-proxy", "Envoy proxy is ready");

        CommandRun run = trace();

        assertThat(run.out())
                .contains(
                        "UNKNOWN    audit log: no broker of today writes one to its Pod's log; see docs/audit.md",
                        "UNKNOWN    access log: the logs of the Gateways' Pods have no line of this request",
                        "grep accessLogFile");
        assertThat(run.exit()).isEqualTo(3);
    }

    @Test
    void withItsLineThereIsNothingToSwitchOn() {
        pods("gateway.networking.k8s.io%2Fgateway-name", "gateway-system", "istio-proxy", ACCESS);

        CommandRun run = trace();

        assertThat(run.out()).contains("ENVOY      HTTP 200 in 7 ms").doesNotContain("access log: the logs");
        assertThat(run.exit()).isZero();
    }

    private CommandRun trace() {
        return CommandRun.of(new TraceCommand(Map.of(), _ -> server.createClient()), "--request-id", ID);
    }

    private void pods(String selector, String namespace, String container, String log) {
        server.expect()
                .get()
                .withPath("/api/v1/pods?labelSelector=" + selector)
                .andReturn(
                        200,
                        new PodListBuilder()
                                .withItems(new PodBuilder()
                                        .withNewMetadata()
                                        .withNamespace(namespace)
                                        .withName("a")
                                        .endMetadata()
                                        .withNewSpec()
                                        .addNewContainer()
                                        .withName(container)
                                        .endContainer()
                                        .endSpec()
                                        .build())
                                .build())
                .always();
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/%s/pods/a/log?pretty=false&container=%s".formatted(namespace, container))
                .andReturn(200, log)
                .always();
    }
}
