package io.mcpgateway.controller.desired;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterApplyTo;
import io.fabric8.istio.api.api.networking.v1alpha3.EnvoyFilterEnvoyConfigObjectPatch;
import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.runtime.RawExtension;
import io.mcpgateway.api.envoy.FilterChain;
import io.mcpgateway.api.envoy.Scope;
import io.mcpgateway.controller.drift.Drift;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** golden/desired/CASE/in.yaml says what there is, out.yaml all objects that follow. */
class DesiredObjectsTest {
    private static final ExtensionOwner OWNER = new ExtensionOwner("mcp-system", "gateway", "uid-1");
    private static final GatewayListener LISTENER =
            new GatewayListener("gateway-system", "mcp-gateway", "mcp", 8080, Optional.empty());

    static Stream<String> cases() throws IOException {
        return Golden.casesWith("in.yaml");
    }

    static List<HasMetadata> objects(DesiredInput input) {
        ExtensionOwner owner = input.extension();
        GatewayListener listener = input.listener().asListener();
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(ConfigSecret.desired(owner, input.document()));
        objects.add(SigningKeySecret.desired(owner, new byte[SigningKeySecret.RANDOM_BYTES]));
        objects.add(BrokerServiceAccount.desired(owner));
        objects.add(BrokerRole.desired(owner));
        objects.add(BrokerRoleBinding.desired(owner));
        objects.add(BrokerDeployment.desired(owner, input.asWorkload()));
        objects.add(BrokerService.desired(owner));
        BrokerPodDisruptionBudget.desired(owner, input.replicas()).ifPresent(objects::add);
        objects.add(McpHttpRoute.desired(
                owner,
                listener,
                input.hosts().publicHost(),
                Objects.requireNonNullElse(input.paths(), List.of("/mcp"))));
        objects.add(ExtProcEnvoyFilter.desired(owner, listener, input.hosts().asScope()));
        return objects;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesTheObjectsOfTheGoldenFile(String folder) throws IOException {
        List<HasMetadata> objects = objects(Golden.read(folder, "in.yaml", DesiredInput.class));

        Golden.check(folder, "out.yaml", Golden.print(objects));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anObjectThatIsAsWishedNeedsNoWrite(String folder) {
        for (HasMetadata object : objects(Golden.read(folder, "in.yaml", DesiredInput.class))) {
            assertThat(Drift.between(object, object)).as(object.getKind()).isEmpty();
        }
    }

    @Test
    void thePatchesPutTheFiltersIntoTheirOrder() {
        EnvoyFilter filter = ExtProcEnvoyFilter.desired(OWNER, LISTENER, new Scope.Everything("mcp.example.com"));

        // INSERT_FIRST or INSERT_BEFORE the router, one after the other.
        List<Object> chain = new ArrayList<>(List.of("policies", "envoy.filters.http.router"));
        List<EnvoyFilterEnvoyConfigObjectPatch> patches = filter.getSpec().getConfigPatches();
        assertThat(patches.getLast().getApplyTo()).isEqualTo(EnvoyFilterApplyTo.NETWORK_FILTER);
        patches.subList(0, patches.size() - 1).forEach(patch -> {
            Map<?, ?> value = (Map<?, ?>) ((RawExtension) patch.getPatch().getValue()).getValue();
            switch (patch.getPatch().getOperation()) {
                case INSERT_FIRST -> chain.addFirst(value.get("name"));
                case INSERT_BEFORE -> chain.add(chain.size() - 1, value.get("name"));
                default -> throw new AssertionError(patch);
            }
        });
        assertThat(chain)
                .containsExactly(
                        FilterChain.INTERNAL_HEADERS,
                        FilterChain.BUFFER_IN,
                        FilterChain.EXT_PROC,
                        FilterChain.BUFFER_OUT,
                        FilterChain.BROKER_REQUESTS,
                        FilterChain.SERVER_REQUESTS,
                        FilterChain.WATCH_ANSWERS,
                        FilterChain.SESSION_HEADER,
                        "policies",
                        FilterChain.AUTHORIZATION,
                        FilterChain.SERVER_HEADERS,
                        "envoy.filters.http.router");
    }

    @Test
    void anOwnerReferenceDoesNotCrossNamespaces() {
        GatewayListener same = new GatewayListener("mcp-system", "g", "mcp", 8080, Optional.of(""));

        assertThat(ExtProcEnvoyFilter.desired(OWNER, LISTENER, new Scope.Everything("mcp.example.com"))
                        .getMetadata()
                        .getOwnerReferences())
                .isEmpty();
        assertThat(ExtProcEnvoyFilter.desired(OWNER, same, new Scope.Everything("mcp.example.com"))
                        .getMetadata()
                        .getOwnerReferences())
                .containsExactly(OWNER.reference());
    }

    @ParameterizedTest
    @MethodSource("revisions")
    void theFilterTakesTheRevisionOfItsGateway(Optional<String> revision, String label) {
        GatewayListener listener = new GatewayListener("gateway-system", "g", "mcp", 8080, revision);

        assertThat(ExtProcEnvoyFilter.desired(OWNER, listener, new Scope.Everything("mcp.example.com"))
                        .getMetadata()
                        .getLabels())
                .containsEntry("istio.io/rev", label)
                .containsAllEntriesOf(ExtProcEnvoyFilter.selector(OWNER));
    }

    static Stream<Object[]> revisions() {
        return Stream.of(
                new Object[] {Optional.empty(), "default"},
                new Object[] {Optional.of(""), "default"},
                new Object[] {Optional.of("canary"), "canary"});
    }

    @Test
    void theServiceSelectsBrokerPodsAndNotTheControllers() {
        Deployment broker = BrokerDeployment.desired(OWNER, Workloads.plain("i", "h", "p", Optional.empty()));
        Map<String, String> selector = BrokerService.desired(OWNER).getSpec().getSelector();

        assertThat(broker.getSpec().getTemplate().getMetadata().getLabels()).containsAllEntriesOf(selector);
        assertThat(broker.getSpec().getSelector().getMatchLabels()).isEqualTo(selector);
        assertThat(selector).containsEntry("app.kubernetes.io/component", "broker");
    }

    @Test
    void noSecretIsInThePodSpec() {
        Deployment broker = BrokerDeployment.desired(OWNER, Workloads.plain("i", "h", "p", Optional.of("keys")));

        assertThat(broker.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getEnv())
                .extracting(variable -> variable.getName() + " " + variable.getValue())
                .containsExactly("GATEWAY_SIGNING_KEY null", "TRUSTED_HEADER_PUBLIC_KEY null");
    }

    @Test
    void oneReplicaHasNoDisruptionBudget() {
        assertThat(BrokerPodDisruptionBudget.desired(OWNER, 1)).isEmpty();
        assertThat(BrokerPodDisruptionBudget.desired(OWNER, 0)).isEmpty();
        assertThat(BrokerPodDisruptionBudget.desired(OWNER, 2)).isPresent();
    }
}
