package io.mcpgateway.controller.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.mcpgateway.controller.desired.BrokerDeployment;
import io.mcpgateway.controller.desired.BrokerWorkload;
import io.mcpgateway.controller.desired.DesiredInput;
import io.mcpgateway.controller.desired.ExtensionOwner;
import io.mcpgateway.controller.desired.Golden;
import io.mcpgateway.controller.desired.Workloads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeploymentDriftTest {
    private static final ExtensionOwner OWNER = new ExtensionOwner("mcp-system", "gateway", "uid-1");
    private static final BrokerWorkload WORKLOAD =
            Workloads.plain("broker:1", "mcp.example.com", "gw:8080", Optional.empty());

    private static final Map<String, Consumer<Deployment>> OURS = ours();
    private static final Map<String, Consumer<Deployment>> THEIRS = theirs();

    /** Edits of what is ours; each is to be undone. */
    private static Map<String, Consumer<Deployment>> ours() {
        Map<String, Consumer<Deployment>> edits = new LinkedHashMap<>();
        edits.put("image", live -> container(live).setImage("broker:2"));
        edits.put("pull policy", live -> container(live).setImagePullPolicy("Never"));
        edits.put("flag changed", live -> arguments(live).set(0, "--mcp-broker-public-address=0.0.0.0:1"));
        edits.put("flag removed", live -> arguments(live).removeFirst());
        edits.put("flag twice", live -> arguments(live).add("--mcp-gateway-public-host=evil.example.com"));
        edits.put("no flags", live -> container(live).setArgs(List.of()));
        edits.put("key on the command line", live -> arguments(live).add("--mcp-router-key=0123"));
        edits.put("command of another image", live -> container(live).setCommand(List.of("./mcp_gateway")));
        edits.put("port changed", live -> container(live).getPorts().getFirst().setContainerPort(1));
        edits.put("port added", live -> container(live).getPorts().add(new ContainerPort(1, null, null, "x", "TCP")));
        edits.put("port removed", live -> container(live).getPorts().removeFirst());
        edits.put("variable removed", live -> container(live).getEnv().removeFirst());
        edits.put(
                "variable overridden",
                live -> container(live).getEnv().set(0, new EnvVar("GATEWAY_SIGNING_KEY", "x", null)));
        edits.put(
                "variable that is not configured",
                live -> container(live).getEnv().add(new EnvVar("TRUSTED_HEADER_PUBLIC_KEY", "x", null)));
        edits.put(
                "mount changed",
                live -> container(live).getVolumeMounts().getFirst().setReadOnly(false));
        edits.put("mount removed", live -> container(live).getVolumeMounts().removeFirst());
        edits.put(
                "volume of another secret",
                live -> live.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getVolumes()
                        .getFirst()
                        .getSecret()
                        .setSecretName("x"));
        edits.put(
                "volume removed",
                live -> live.getSpec().getTemplate().getSpec().getVolumes().removeFirst());
        edits.put("probe removed", live -> container(live).setReadinessProbe(null));
        edits.put(
                "probe of another kind",
                live -> container(live).getLivenessProbe().setHttpGet(null));
        edits.put(
                "root file system", live -> container(live).getSecurityContext().setReadOnlyRootFilesystem(false));
        edits.put(
                "capability",
                live -> container(live).getSecurityContext().getCapabilities().setDrop(List.of()));
        edits.put(
                "service account",
                live -> live.getSpec().getTemplate().getSpec().setServiceAccountName("default"));
        edits.put("token", live -> live.getSpec().getTemplate().getSpec().setAutomountServiceAccountToken(false));
        edits.put("label", live -> live.getMetadata().getLabels().remove("app"));
        edits.put(
                "pod label",
                live -> live.getSpec().getTemplate().getMetadata().getLabels().put("app", "x"));
        edits.put("owner", live -> live.getMetadata().setOwnerReferences(List.of()));
        edits.put(
                "container removed",
                live -> live.getSpec().getTemplate().getSpec().setContainers(List.of()));
        return edits;
    }

    /** Edits of what is the user's, or the API server's; each is to stay, and to cause no write. */
    private static Map<String, Consumer<Deployment>> theirs() {
        Map<String, Consumer<Deployment>> edits = new LinkedHashMap<>();
        edits.put("none", _ -> {});
        edits.put("replicas", live -> live.getSpec().setReplicas(5));
        edits.put("Redis flag", live -> arguments(live).add("--cache-connection-string=redis://redis:6379"));
        edits.put("log level flag", live -> arguments(live).add("--log-level=-4"));
        edits.put("log format flag", live -> arguments(live).add("--log-format=json"));
        edits.put("session length flag", live -> arguments(live).addAll(List.of("--session-length", "60")));
        edits.put("another flag", live -> arguments(live).add("--new-flag"));
        edits.put("variable", live -> container(live).getEnv().add(new EnvVar("LOG_LEVEL", "debug", null)));
        edits.put("volume and mount", live -> {
            live.getSpec()
                    .getTemplate()
                    .getSpec()
                    .getVolumes()
                    .add(new VolumeBuilder()
                            .withName("ca")
                            .withNewConfigMap()
                            .withName("ca")
                            .endConfigMap()
                            .build());
            container(live)
                    .getVolumeMounts()
                    .add(new VolumeMountBuilder()
                            .withName("ca")
                            .withMountPath("/ca")
                            .build());
        });
        edits.put(
                "sidecar",
                live -> live.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .addFirst(new ContainerBuilder()
                                .withName("istio-proxy")
                                .withCommand("x")
                                .build()));
        edits.put(
                "init container",
                live -> live.getSpec()
                        .getTemplate()
                        .getSpec()
                        .setInitContainers(
                                List.of(new ContainerBuilder().withName("wait").build())));
        edits.put("resources", live -> container(live).getResources().setLimits(Map.of("memory", new Quantity("2Gi"))));
        edits.put("label", live -> live.getMetadata().getLabels().put("team", "a"));
        edits.put("annotation", live -> live.getMetadata().setAnnotations(Map.of("a", "b")));
        edits.put(
                "restart",
                live -> live.getSpec()
                        .getTemplate()
                        .getMetadata()
                        .setAnnotations(Map.of("kubectl.kubernetes.io/restartedAt", "2026-11-23T00:00:00Z")));
        edits.put(
                "pod label",
                live -> live.getSpec().getTemplate().getMetadata().getLabels().put("team", "a"));
        edits.put(
                "node selector", live -> live.getSpec().getTemplate().getSpec().setNodeSelector(Map.of("disk", "ssd")));
        edits.put(
                "user id",
                live -> live.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getSecurityContext()
                        .setRunAsUser(1000L));
        edits.put("probe patience", live -> container(live).getLivenessProbe().setInitialDelaySeconds(30));
        edits.put(
                "older selector",
                live -> live.getSpec().getSelector().setMatchLabels(Map.of("app.kubernetes.io/name", "mcp-gateway")));
        edits.put(
                "status",
                live -> live.setStatus(new DeploymentBuilder()
                        .withNewStatus()
                        .withReadyReplicas(1)
                        .endStatus()
                        .build()
                        .getStatus()));
        return edits;
    }

    static Stream<String> namesOfOurs() {
        return OURS.keySet().stream();
    }

    static Stream<String> namesOfTheirs() {
        return THEIRS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("namesOfOurs")
    void anEditOfOursIsUndone(String name) {
        Deployment live = edited(OURS, name);

        assertThat(Drift.between(live, desired(WORKLOAD)).orElseThrow())
                .usingRecursiveComparison()
                .ignoringCollectionOrder()
                .isEqualTo(desired(WORKLOAD));
    }

    @ParameterizedTest
    @MethodSource("namesOfTheirs")
    void anEditOfTheirsCausesNoWrite(String name) {
        assertThat(Drift.between(edited(THEIRS, name), desired(WORKLOAD))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("namesOfTheirs")
    void anEditOfTheirsSurvivesAWriteOfOurs(String name) {
        Deployment live = edited(THEIRS, name);
        container(live).setImage("broker:0");

        assertThat(Drift.between(live, desired(WORKLOAD))).contains(edited(THEIRS, name));
    }

    @ParameterizedTest
    @MethodSource("namesOfOurs")
    void oneWriteIsEnough(String name) {
        Deployment written =
                Drift.between(edited(OURS, name), desired(WORKLOAD)).orElseThrow();

        assertThat(Drift.between(written, desired(WORKLOAD))).isEmpty();
    }

    @Test
    void theWriteCarriesTheVersionThatWasRead() {
        Deployment live = desired(WORKLOAD);
        live.getMetadata().setResourceVersion("17");
        container(live).setImage("broker:0");

        assertThat(Drift.between(live, desired(WORKLOAD))
                        .orElseThrow()
                        .getMetadata()
                        .getResourceVersion())
                .isEqualTo("17");
    }

    @Test
    void theKeyOfTrustedHeadersComesAndGoes() {
        BrokerWorkload trusting = Workloads.plain("broker:1", "mcp.example.com", "gw:8080", Optional.of("keys"));

        Deployment with = Drift.between(desired(WORKLOAD), desired(trusting)).orElseThrow();
        Deployment without = Drift.between(with, desired(WORKLOAD)).orElseThrow();

        assertThat(container(with).getEnv()).extracting(EnvVar::getName).contains("TRUSTED_HEADER_PUBLIC_KEY");
        assertThat(without).isEqualTo(desired(WORKLOAD));
    }

    @Test
    void whatTheSpecAsksForComesAndGoesAgain() {
        BrokerWorkload asking = asking("redis", Map.of("LOG_LEVEL", "debug", "OAUTH_RESOURCE", "https://a/mcp"));

        Deployment with = Drift.between(desired(WORKLOAD), desired(asking)).orElseThrow();
        Deployment without = Drift.between(with, desired(WORKLOAD)).orElseThrow();

        assertThat(container(with).getEnv())
                .contains(new EnvVar("LOG_LEVEL", "debug", null), new EnvVar("OAUTH_RESOURCE", "https://a/mcp", null))
                .filteredOn(variable -> variable.getName().equals("CACHE_CONNECTION_STRING"))
                .singleElement()
                .satisfies(variable -> {
                    assertThat(variable.getValue()).isNull();
                    assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                            .isEqualTo("redis");
                    assertThat(variable.getValueFrom().getSecretKeyRef().getKey())
                            .isEqualTo("CACHE_CONNECTION_STRING");
                });
        assertThat(Drift.between(with, desired(asking))).isEmpty();
        assertThat(container(without)).isEqualTo(container(desired(WORKLOAD)));
        assertThat(without.getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void theUsersOwnVariablesStayWhenTheSpecsGo() {
        Deployment live = desired(asking("redis", Map.of("OAUTH_RESOURCE", "https://a/mcp")));
        container(live).setEnv(new ArrayList<>(container(live).getEnv()));
        container(live).getEnv().add(new EnvVar("LOG_LEVEL", "debug", null));

        Deployment without = Drift.between(live, desired(WORKLOAD)).orElseThrow();

        assertThat(container(without).getEnv())
                .extracting(EnvVar::getName)
                .contains("LOG_LEVEL")
                .doesNotContain("OAUTH_RESOURCE", "CACHE_CONNECTION_STRING");
    }

    @Test
    void theSpecWinsOverTheFlagsOfTheSameMeaning() {
        Deployment live = desired(WORKLOAD);
        container(live).setArgs(new ArrayList<>(container(live).getArgs()));
        arguments(live).addAll(List.of("--cache-connection-string=redis://old", "--log-level=0", "--log-format=json"));

        Deployment changed = Drift.between(live, desired(asking("redis", Map.of("LOG_LEVEL", "warn"))))
                .orElseThrow();

        assertThat(arguments(changed))
                .contains("--log-format=json")
                .noneMatch(argument -> argument.startsWith("--cache-connection-string"))
                .noneMatch(argument -> argument.startsWith("--log-level"));
    }

    private static BrokerWorkload asking(String store, Map<String, String> variables) {
        return asking(Optional.of(store), Map.of(), variables);
    }

    private static BrokerWorkload asking(
            Optional<String> store, Map<String, String> flags, Map<String, String> variables) {
        return new BrokerWorkload(
                WORKLOAD.image(),
                WORKLOAD.imagePullPolicy(),
                WORKLOAD.publicHost(),
                WORKLOAD.privateHost(),
                WORKLOAD.pingIntervalSeconds(),
                Optional.empty(),
                store,
                new TreeMap<>(flags),
                new TreeMap<>(variables));
    }

    @Test
    void aFlagThatTheSpecAsksForComesAndGoes() {
        BrokerWorkload asking = asking(Optional.empty(), Map.of("--server-instructions", "false"), Map.of());
        Deployment live = desired(WORKLOAD);
        arguments(live).add("--log-format=json");

        Deployment asked = Drift.between(live, desired(asking)).orElseThrow();
        assertThat(arguments(asked)).contains("--server-instructions=false", "--log-format=json");
        assertThat(Drift.between(asked, desired(asking))).isEmpty();

        Deployment withdrawn = Drift.between(asked, desired(WORKLOAD)).orElseThrow();
        assertThat(arguments(withdrawn))
                .contains("--log-format=json")
                .noneMatch(argument -> argument.startsWith("--server-instructions"));
    }

    @Test
    void aSuccessorOfTheExtensionTakesOver() {
        Deployment successors = BrokerDeployment.desired(new ExtensionOwner("mcp-system", "other", "uid-2"), WORKLOAD);

        assertThat(Drift.between(desired(WORKLOAD), successors)
                        .orElseThrow()
                        .getMetadata()
                        .getOwnerReferences())
                .isEqualTo(successors.getMetadata().getOwnerReferences());
    }

    static Stream<String> cases() throws IOException {
        return Golden.casesWith("live.yaml");
    }

    /** golden/desired/CASE/live.yaml is what is found, written.yaml what the controller makes of it. */
    @ParameterizedTest
    @MethodSource("cases")
    void writesWhatTheGoldenFileSays(String folder) throws IOException {
        DesiredInput input = Golden.read("plain", "in.yaml", DesiredInput.class);
        Deployment desired = BrokerDeployment.desired(input.extension(), input.asWorkload());
        HasMetadata written = Drift.between(Golden.read(folder, "live.yaml", Deployment.class), desired)
                .orElseThrow();

        Golden.check(folder, "written.yaml", Golden.print(List.of(written)));
    }

    private static Deployment desired(BrokerWorkload workload) {
        return BrokerDeployment.desired(OWNER, workload);
    }

    private static Deployment edited(Map<String, Consumer<Deployment>> edits, String name) {
        Deployment live = desired(WORKLOAD);
        Container container = container(live);
        container.setArgs(new ArrayList<>(container.getArgs()));
        container.setEnv(new ArrayList<>(container.getEnv()));
        Objects.requireNonNull(edits.get(name), name).accept(live);
        return live;
    }

    private static Container container(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals("mcp-gateway"))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> arguments(Deployment deployment) {
        return container(deployment).getArgs();
    }
}
