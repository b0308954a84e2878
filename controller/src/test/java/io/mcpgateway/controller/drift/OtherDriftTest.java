package io.mcpgateway.controller.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.controller.desired.BrokerPodDisruptionBudget;
import io.mcpgateway.controller.desired.BrokerRole;
import io.mcpgateway.controller.desired.BrokerService;
import io.mcpgateway.controller.desired.BrokerServiceAccount;
import io.mcpgateway.controller.desired.ConfigSecret;
import io.mcpgateway.controller.desired.ExtProcEnvoyFilter;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.desired.GatewayListener;
import io.mcpgateway.controller.desired.McpHttpRoute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Drift of everything but the Deployment. */
class OtherDriftTest {
    private static final ExtensionOwner OWNER = new ExtensionOwner("mcp-system", "gateway", "uid-1");
    private static final GatewayListener LISTENER =
            new GatewayListener("gateway-system", "mcp-gateway", "mcp", 8080, Optional.empty());

    static Stream<Arguments> undone() {
        return Stream.of(
                service("port", live -> live.getSpec().getPorts().getFirst().setPort(1)),
                service(
                        "target port",
                        live -> live.getSpec().getPorts().getFirst().setTargetPort(new IntOrString(1))),
                service(
                        "port renamed",
                        live -> live.getSpec().getPorts().getFirst().setName("x")),
                service("port removed", live -> live.getSpec().getPorts().removeFirst()),
                service(
                        "port added",
                        live -> live.getSpec()
                                .getPorts()
                                .add(new ServicePortBuilder()
                                        .withName("x")
                                        .withPort(1)
                                        .build())),
                service("selector changed", live -> live.getSpec().getSelector().put("app", "x")),
                service(
                        "selector narrowed",
                        live -> live.getSpec().getSelector().put("x", "y")),
                account("token mounted", live -> live.setAutomountServiceAccountToken(true)),
                account("token unsaid", live -> live.setAutomountServiceAccountToken(null)),
                role("more verbs", live -> live.getRules().getFirst().getVerbs().add("update")),
                role("all secrets", live -> live.getRules().getFirst().setResourceNames(List.of())),
                route("host", live -> live.getSpec().setHostnames(List.of("evil.example.com"))),
                route(
                        "parent",
                        live -> live.getSpec().getParentRefs().getFirst().setSectionName("other")),
                route(
                        "backend",
                        live -> live.getSpec()
                                .getRules()
                                .getFirst()
                                .getBackendRefs()
                                .getFirst()
                                .setName("x")),
                route(
                        "header reaches the broker",
                        live -> live.getSpec().getRules().getFirst().setFilters(List.of())),
                route("well-known path", live -> live.getSpec().getRules().removeLast()),
                filter(
                        "port",
                        live -> live.getSpec()
                                .getConfigPatches()
                                .getFirst()
                                .getMatch()
                                .setContext(null)),
                filter("filter", live -> live.getSpec().getConfigPatches().removeFirst()),
                filter("workload", live -> live.getSpec().getWorkloadSelector().setLabels(Map.of())),
                filter("label", live -> live.getMetadata().getLabels().remove("mcp.kuadrant.io/extension-name")),
                filter("revision", live -> live.getMetadata().getLabels().put("istio.io/rev", "x")),
                budget("budget", live -> live.getSpec().setMaxUnavailable(new IntOrString(0))),
                config("document", live -> live.setData(Map.of("config.yaml", "eA=="))),
                config("label", live -> live.getMetadata().getLabels().remove("mcp.kuadrant.io/aggregated")));
    }

    static Stream<Arguments> left() {
        return Stream.of(
                service("nothing", _ -> {}),
                service("node port", live -> {
                    live.getSpec().setType("NodePort");
                    live.getSpec().getPorts().getFirst().setNodePort(30080);
                }),
                service("address", live -> live.getSpec().setClusterIP("10.96.0.7")),
                service("label", live -> live.getMetadata().getLabels().put("team", "a")),
                account("pull secret", live -> live.setImagePullSecrets(List.of())),
                role("annotation", live -> live.getMetadata().setAnnotations(Map.of("a", "b"))),
                route("annotation", live -> live.getMetadata().setAnnotations(Map.of("a", "b"))),
                filter("label of others", live -> live.getMetadata().getLabels().put("team", "a")),
                filter("annotation", live -> live.getMetadata().setAnnotations(Map.of("a", "b"))),
                config("type", live -> live.setType("example.com/other")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("undone")
    <T extends HasMetadata> void anEditOfOursIsUndone(String name, Supplier<T> desired, Consumer<T> edit) {
        T live = desired.get();
        edit.accept(live);

        assertThat(Drift.between(live, desired.get())).as(name).contains(desired.get());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("left")
    <T extends HasMetadata> void anEditOfOthersIsLeftAlone(String name, Supplier<T> desired, Consumer<T> edit) {
        T live = desired.get();
        edit.accept(live);

        assertThat(Drift.between(live, desired.get())).as(name).isEmpty();
    }

    @Test
    void aNewHostChangesTheFilterOnce() {
        EnvoyFilter before = ExtProcEnvoyFilter.desired(OWNER, LISTENER, hosts("a.example.com"));
        EnvoyFilter after = ExtProcEnvoyFilter.desired(OWNER, LISTENER, hosts("b.example.com"));

        assertThat(Drift.between(before, after)).contains(after);
        assertThat(Drift.between(after, after)).isEmpty();
    }

    @Test
    void anUnknownKindIsAMistake() {
        HasMetadata map = new ConfigMapBuilder().withNewMetadata().endMetadata().build();

        assertThatThrownBy(() -> Drift.between(map, map)).hasMessageContaining("ConfigMap");
    }

    private static Scope hosts(String host) {
        return new Scope.Hosts(host, List.of(), List.of());
    }

    private static Arguments service(String name, Consumer<Service> edit) {
        return row("Service " + name, () -> BrokerService.desired(OWNER), edit);
    }

    private static Arguments account(String name, Consumer<ServiceAccount> edit) {
        return row("ServiceAccount " + name, () -> BrokerServiceAccount.desired(OWNER), edit);
    }

    private static Arguments role(String name, Consumer<Role> edit) {
        return row("Role " + name, () -> BrokerRole.desired(OWNER), edit);
    }

    private static Arguments route(String name, Consumer<HTTPRoute> edit) {
        return row(
                "HTTPRoute " + name,
                () -> McpHttpRoute.desired(OWNER, LISTENER, "mcp.example.com", List.of("/mcp")),
                edit);
    }

    private static Arguments filter(String name, Consumer<EnvoyFilter> edit) {
        return row(
                "EnvoyFilter " + name,
                () -> ExtProcEnvoyFilter.desired(OWNER, LISTENER, hosts("mcp.example.com")),
                edit);
    }

    private static Arguments budget(String name, Consumer<PodDisruptionBudget> edit) {
        return row(
                "PodDisruptionBudget " + name,
                () -> BrokerPodDisruptionBudget.desired(OWNER, 2).orElseThrow(),
                edit);
    }

    private static Arguments config(String name, Consumer<Secret> edit) {
        return row("Secret " + name, () -> ConfigSecret.desired(OWNER, "servers: []\n"), edit);
    }

    private static <T> Arguments row(String name, Supplier<T> desired, Consumer<T> edit) {
        return Arguments.of(name, desired, edit);
    }
}
