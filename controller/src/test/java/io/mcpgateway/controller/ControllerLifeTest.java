package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.marks.RouteUse;
import io.mcpgateway.controller.testing.FakeCluster;
import io.mcpgateway.controller.testing.RecordingRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole controller, pass after pass, against an API server in memory. */
class ControllerLifeTest {
    private final ControllerHarness world = new ControllerHarness();
    private final FakeCluster cluster = world.cluster;
    private final KubernetesClient client = world.client;

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void everythingBecomesReady() {
        world.withWorld();
        world.start();

        world.awaitReady();
        assertThat(ControllerHarness.ready(world.registration())).contains("Total tools added 2");
        assertThat(world.registration().getStatus().discoveredTools()).isEqualTo(2);
        assertThat(world.document()).contains("name: team/weather", "toolPrefix: weather_", "name: team/dev");
        assertThat(world.registration().getMetadata().getFinalizers()).containsExactly("mcp.kuadrant.io/finalizer");
        assertThat(ControllerHarness.types(
                        world.gateway().getStatus().getListeners().get(0).getConditions()))
                .containsExactly("Programmed", "MCPGatewayExtension");
        assertThat(ControllerHarness.types(
                        world.gateway().getStatus().getListeners().get(1).getConditions()))
                .containsExactly("Programmed");
        await().untilAsserted(() -> assertThat(routeConditions()).containsExactly("Accepted", "Programmed"));
    }

    @Test
    void anUnchangedWorldIsNotWritten() {
        world.withWorld();
        world.start();
        world.awaitReady();
        world.stop();

        RecordingRequests requests = world.start();
        int before = cluster.broker().requests();
        await().atMost(ControllerHarness.LONG)
                .until(() -> world.controller().problem().isEmpty());
        await().atMost(ControllerHarness.LONG).until(() -> cluster.broker().requests() > before);
        world.change(
                Gateway.class,
                "gateway-system",
                "mcp-gateway",
                gateway -> gateway.getMetadata().setAnnotations(Map.of("touched", "yes")));

        await().during(Duration.ofSeconds(1))
                .atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(requests.writes()).isEmpty());
    }

    static Stream<Class<? extends HasMetadata>> children() {
        return Stream.of(
                Deployment.class,
                Service.class,
                ServiceAccount.class,
                Role.class,
                RoleBinding.class,
                Secret.class,
                HTTPRoute.class,
                EnvoyFilter.class);
    }

    @ParameterizedTest
    @MethodSource("children")
    void aDeletedChildComesBack(Class<? extends HasMetadata> kind) {
        world.withWorld();
        world.start();
        world.awaitReady();
        List<String> before = world.ours(kind);
        assertThat(before).isNotEmpty();

        client.resources(kind).inAnyNamespace().list().getItems().stream()
                .filter(ControllerHarness::isOurs)
                .forEach(object -> client.resource(object).delete());

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.ours(kind)).isEqualTo(before));
    }

    @Test
    void aDeletedExtensionTakesItsTracesAlong() {
        world.withWorld();
        world.start();
        world.awaitReady();

        client.resource(world.get(MCPGatewayExtension.class, ControllerHarness.NAMESPACE, "mcp"))
                .delete();

        await().atMost(ControllerHarness.LONG)
                .until(() -> world.ours(EnvoyFilter.class).isEmpty());
        await().atMost(ControllerHarness.LONG)
                .until(() -> client.resources(MCPGatewayExtension.class)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .isEmpty());
        assertThat(ControllerHarness.types(
                        world.gateway().getStatus().getListeners().get(0).getConditions()))
                .containsExactly("Programmed");
        assertThat(world.document()).contains("servers: []");
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(ControllerHarness.ready(world.registration()))
                        .contains("no valid mcpgatewayextensions"));
    }

    @Test
    void deletedRegistrationsAndVirtualServersLeaveTheConfiguration() {
        world.withWorld();
        world.start();
        world.awaitReady();

        client.resource(world.registration()).delete();
        client.resource(world.get(MCPVirtualServer.class, "team", "dev")).delete();

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.document()).contains("servers: []", "virtualServers: []"));
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(routeConditions()).containsExactly("Accepted"));
    }

    /** Brokers know no labels, so a selection by labels is written anew when they change. */
    @Test
    void aLabelOfARegistrationChangesWhatIsSelected() {
        world.withWorld();
        world.start();
        world.awaitReady();
        world.change(
                MCPVirtualServer.class,
                "team",
                "dev",
                virtualServer -> virtualServer.setSpec(ObjectEdits.selectingLabel("set", "dev")));
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.document()).contains("include:\n  - servers: []"));

        world.change(
                MCPServerRegistration.class,
                "team",
                "weather",
                registration -> registration.getMetadata().setLabels(Map.of("set", "dev")));

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(
                        () -> assertThat(world.document()).contains("include:\n  - servers:\n    - team/weather"));
    }

    /** As if the registration had gone before the watched copies of the route had its mark. */
    @Test
    void aMarkThatNoRegistrationStandsForGoes() {
        world.withWorld();
        world.start();
        world.awaitReady();
        client.resource(world.registration()).delete();
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(routeConditions()).containsExactly("Accepted"));

        world.changeStatus(
                HTTPRoute.class,
                "team",
                "weather",
                route -> RouteUse.marked(route, true, Instant.now())
                        .orElseThrow()
                        .conditions()
                        .forEach((index, conditions) ->
                                route.getStatus().getParents().get(index).setConditions(conditions)));

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(routeConditions()).containsExactly("Accepted"));
    }

    @Test
    void aMovedExtensionLeavesNoFilterBehind() {
        world.withWorld();
        cluster.create(ControllerHarness.GATEWAY
                .replace("mcp-gateway", "second")
                .replace("gateway-system", ControllerHarness.NAMESPACE));
        world.start();
        world.awaitReady();

        world.change(
                MCPGatewayExtension.class,
                ControllerHarness.NAMESPACE,
                "mcp",
                extension -> extension.setSpec(
                        ObjectEdits.retarget(extension.getSpec(), "second", ControllerHarness.NAMESPACE)));

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.ours(EnvoyFilter.class))
                        .containsExactly("mcp-system/mcp-ext-proc-mcp-system-gateway"));
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(ControllerHarness.types(world.gateway()
                                .getStatus()
                                .getListeners()
                                .get(0)
                                .getConditions()))
                        .containsExactly("Programmed"));
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of(
                        ControllerHarness.GATEWAY,
                        "MCPGatewayExtension",
                        "gateway target gateway-system/mcp-gateway not found"),
                Arguments.of(
                        ControllerHarness.GRANT, "MCPGatewayExtension", "ReferenceGrant required in gateway-system"),
                Arguments.of(
                        ControllerHarness.SERVER,
                        "MCPServerRegistration",
                        "failed to get targeted httproute team/weather"),
                Arguments.of(
                        ControllerHarness.EXTENSION,
                        "MCPServerRegistration",
                        "no valid mcpgatewayextensions configured"),
                Arguments.of(
                        ControllerHarness.EXTENSION, "MCPVirtualServer", "no valid mcpgatewayextensions configured"));
    }

    @ParameterizedTest
    @MethodSource("rejections")
    void aRejectionIsSaidOnceAndGoesWithItsCause(String missing, String kind, String message) {
        ControllerHarness.WORLD.stream().filter(part -> !part.equals(missing)).forEach(cluster::create);
        world.awaitIstio();
        RecordingRequests requests = world.start();

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.readyOf(kind)).contains(message));
        await().during(Duration.ofSeconds(1))
                .atMost(ControllerHarness.LONG)
                .until(() -> requests.writes().stream()
                                .filter(write -> write.startsWith("patchStatus " + kind))
                                .count()
                        == 1);

        cluster.create(missing);
        world.awaitReady();
    }

    @Test
    void aLostGrantClosesTheEndpointAndKeepsTheGuard() {
        world.withWorld();
        world.start();
        world.awaitReady();

        client.resource(world.get(ReferenceGrant.class, "gateway-system", "allow"))
                .delete();

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.document()).contains("servers: []"));
        await().atMost(ControllerHarness.LONG)
                .until(() -> world.ours(HTTPRoute.class).isEmpty());
        assertThat(world.ours(EnvoyFilter.class)).hasSize(1);
    }

    @Test
    void aCredentialIsPickedUpWhenItsSecretAppears() {
        world.withWorld();
        world.change(
                MCPServerRegistration.class,
                "team",
                "weather",
                registration -> registration.setSpec(ObjectEdits.withCredential(registration.getSpec(), "token")));
        world.start();
        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(ControllerHarness.ready(world.registration()))
                        .contains("credential secret token not found"));

        cluster.create("""
                apiVersion: v1
                kind: Secret
                metadata: {name: token, namespace: team, labels: {mcp.kuadrant.io/credential: "true"}}
                data: {token: QmVhcmVyIGFiYw==}
                """);

        world.awaitReady();
        assertThat(world.document()).contains("credential: Bearer abc");
        assertThat(world.registration().getStatus().toString()).doesNotContain("abc");
    }

    @Test
    void missingKindsAreNamedAndTheirReturnIsNoticed() {
        cluster.serve(EnvoyFilter.class, false);
        world.withWorld();
        world.start();

        await().atMost(ControllerHarness.LONG)
                .untilAsserted(() -> assertThat(world.controller().problem())
                        .contains("envoyfilters.networking.istio.io")
                        .contains("helm install istio-base"));
        assertThat(world.get(MCPGatewayExtension.class, ControllerHarness.NAMESPACE, "mcp")
                        .getStatus())
                .isNull();

        cluster.serve(EnvoyFilter.class, true);
        world.awaitReady();
        assertThat(world.controller().problem()).isEmpty();
    }

    @Test
    void aKindThatWasGoneForAWhileIsWatchedAgain() {
        world.withWorld();
        world.start();
        world.awaitReady();
        cluster.serve(EnvoyFilter.class, false);
        await().atMost(ControllerHarness.LONG)
                .until(() -> !world.controller().problem().isEmpty());
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        client.resources(EnvoyFilter.class).inAnyNamespace().delete();

        cluster.serve(EnvoyFilter.class, true);

        await().atMost(ControllerHarness.LONG)
                .until(() -> world.controller().problem().isEmpty());
        await().atMost(ControllerHarness.LONG)
                .until(() -> world.ours(EnvoyFilter.class).size() == 1);
    }

    @Test
    void finalizersEndAlthoughKindsAreMissing() {
        world.withWorld();
        world.start();
        world.awaitReady();
        world.stop();
        cluster.serve(Gateway.class, false);
        cluster.serve(HTTPRoute.class, false);
        world.start();

        client.resource(world.get(MCPGatewayExtension.class, ControllerHarness.NAMESPACE, "mcp"))
                .delete();
        client.resource(world.registration()).delete();

        await().atMost(ControllerHarness.LONG)
                .until(() -> client.resources(MCPGatewayExtension.class)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .isEmpty());
        await().atMost(ControllerHarness.LONG)
                .until(() -> client.resources(MCPServerRegistration.class)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                        .isEmpty());
    }

    private List<String> routeConditions() {
        return ControllerHarness.types(world.get(HTTPRoute.class, "team", "weather")
                .getStatus()
                .getParents()
                .get(0)
                .getConditions());
    }
}
