package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.cluster.ClientApiRequests;
import io.mcpgateway.controller.desired.ConfigSecret;
import io.mcpgateway.controller.settings.ControllerSettings;
import io.mcpgateway.controller.testing.FakeCluster;
import io.mcpgateway.controller.testing.RecordingRequests;
import io.mcpgateway.runtime.LogSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A controller in a cluster in memory, with one extension, one server and one virtual server to look after. */
final class ControllerHarness implements AutoCloseable {
    static final Duration LONG = Duration.ofSeconds(30);
    static final String NAMESPACE = "mcp-system";
    static final String GATEWAY = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: mcp-gateway, namespace: gateway-system}
            spec:
              gatewayClassName: istio
              listeners:
              - {name: mcp, port: 8080, protocol: HTTP, hostname: mcp.example.com, allowedRoutes: {namespaces: {from: All}}}
              - {name: mcps, port: 8080, protocol: HTTP, hostname: "*.mcp.local", allowedRoutes: {namespaces: {from: All}}}
            """;
    static final String GRANT = """
            apiVersion: gateway.networking.k8s.io/v1beta1
            kind: ReferenceGrant
            metadata: {name: allow, namespace: gateway-system}
            spec:
              from:
              - {group: example.com, kind: Other, namespace: elsewhere}
              - {group: mcp.kagenti.com, kind: MCPGatewayExtension, namespace: mcp-system}
              to: [{group: gateway.networking.k8s.io, kind: Gateway}]
            """;
    static final String EXTENSION = """
            apiVersion: mcp.kagenti.com/v1alpha1
            kind: MCPGatewayExtension
            metadata: {name: mcp, namespace: mcp-system}
            spec: {targetRef: {name: mcp-gateway, namespace: gateway-system, sectionName: mcp}}
            """;
    static final String SERVER = """
            apiVersion: v1
            kind: Service
            metadata: {name: weather, namespace: team}
            spec: {ports: [{port: 9090}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: weather, namespace: team}
            spec:
              parentRefs: [{name: mcp-gateway, namespace: gateway-system, sectionName: mcps}]
              hostnames: [weather.mcp.local]
              rules: [{backendRefs: [{name: weather, port: 9090}]}]
            """;
    static final String REGISTRATION = """
            apiVersion: mcp.kagenti.com/v1alpha1
            kind: MCPServerRegistration
            metadata: {name: weather, namespace: team}
            spec: {toolPrefix: weather_, targetRef: {name: weather}}
            """;
    static final String VIRTUAL_SERVER = """
            apiVersion: mcp.kagenti.com/v1alpha1
            kind: MCPVirtualServer
            metadata: {name: dev, namespace: team}
            spec: {tools: [weather_now]}
            """;
    static final List<String> WORLD = List.of(GATEWAY, GRANT, SERVER, EXTENSION, REGISTRATION, VIRTUAL_SERVER);

    static {
        // A timer of the framework may fire into a controller that was just stopped; that fails no test.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    final FakeCluster cluster = new FakeCluster();
    final KubernetesClient client = cluster.client();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Optional<ControllerWiring> controller = Optional.empty();

    /** Creates the whole world. */
    ControllerHarness withWorld() {
        WORLD.forEach(cluster::create);
        return this;
    }

    ControllerWiring controller() {
        return controller.orElseThrow();
    }

    @Override
    public void close() {
        stop();
        cluster.close();
    }

    RecordingRequests start() {
        return start(Integer.MAX_VALUE);
    }

    RecordingRequests start(int limit) {
        KubernetesClient connection = cluster.connect();
        RecordingRequests requests = new RecordingRequests(new ClientApiRequests(connection), limit);
        ControllerSettings settings = new ControllerSettings(
                0,
                0,
                Optional.empty(),
                "broker:test",
                new LogSettings(LogSettings.Level.INFO, LogSettings.Format.TEXT));
        controller = Optional.of(ControllerWiring.start(
                settings,
                connection,
                new ControllerWiring.Surroundings(requests, registry, Clock.systemUTC(), () -> {})));
        return requests;
    }

    void stop() {
        controller.ifPresent(ControllerWiring::close);
        controller = Optional.empty();
    }

    /** Until routes are accepted and listeners reported; a controller that starts sooner says so first. */
    void awaitIstio() {
        await().atMost(LONG)
                .until(() -> Stream.concat(
                                client.resources(HTTPRoute.class).inAnyNamespace().list().getItems().stream()
                                        .map(HTTPRoute::getStatus),
                                client.resources(Gateway.class).inAnyNamespace().list().getItems().stream()
                                        .map(Gateway::getStatus))
                        .allMatch(Objects::nonNull));
    }

    void awaitReady() {
        await().atMost(LONG).untilAsserted(() -> assertThat(unready()).isEmpty());
        awaitQuiet();
    }

    /** What is not ready yet, with all that its status says. */
    private List<String> unready() {
        return Stream.of("MCPGatewayExtension", "MCPServerRegistration", "MCPVirtualServer")
                .filter(kind -> !isReady(kind))
                .map(kind -> kind + ": " + conditions(kind))
                .toList();
    }

    /**
     * Until nobody writes our objects any more, so that what is written afterwards is what the test's change brought.
     */
    private void awaitQuiet() {
        AtomicReference<String> seen = new AtomicReference<>("");
        await().during(Duration.ofSeconds(1)).atMost(LONG).until(() -> {
            String now = versions(MCPGatewayExtension.class)
                    + versions(MCPServerRegistration.class)
                    + versions(MCPVirtualServer.class);
            return now.equals(seen.getAndSet(now));
        });
    }

    private <T extends HasMetadata> String versions(Class<T> kind) {
        return client.resources(kind).inAnyNamespace().list().getItems().stream()
                .map(object -> object.getMetadata().getName() + "="
                        + object.getMetadata().getResourceVersion())
                .collect(Collectors.joining(" "));
    }

    boolean isReady(String kind) {
        return conditions(kind).stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .anyMatch(condition -> "True".equals(condition.getStatus()));
    }

    String readyOf(String kind) {
        return ready(conditions(kind));
    }

    List<Condition> conditions(String kind) {
        return switch (kind) {
            case "MCPGatewayExtension" ->
                Optional.ofNullable(
                                get(MCPGatewayExtension.class, NAMESPACE, "mcp").getStatus())
                        .map(status -> status.conditions())
                        .orElse(List.of());
            case "MCPServerRegistration" ->
                Optional.ofNullable(registration().getStatus())
                        .map(status -> status.conditions())
                        .orElse(List.of());
            default ->
                Optional.ofNullable(get(MCPVirtualServer.class, "team", "dev").getStatus())
                        .map(status -> status.conditions())
                        .orElse(List.of());
        };
    }

    static String ready(MCPServerRegistration registration) {
        return registration.getStatus() == null
                ? ""
                : ready(registration.getStatus().conditions());
    }

    static String ready(List<Condition> conditions) {
        return conditions.stream()
                .filter(condition -> "Ready".equals(condition.getType()))
                .map(Condition::getMessage)
                .findFirst()
                .orElse("");
    }

    MCPServerRegistration registration() {
        return get(MCPServerRegistration.class, "team", "weather");
    }

    Gateway gateway() {
        return get(Gateway.class, "gateway-system", "mcp-gateway");
    }

    String document() {
        return ConfigSecret.document(get(Secret.class, NAMESPACE, "mcp-gateway-config"))
                .orElse("");
    }

    <T extends HasMetadata> T get(Class<T> kind, String namespace, String name) {
        return Objects.requireNonNull(
                client.resources(kind).inNamespace(namespace).withName(name).get(), name);
    }

    /** Changes an object whatever happens to it meanwhile. */
    <T extends HasMetadata> void change(Class<T> kind, String namespace, String name, Consumer<T> change) {
        changed(kind, namespace, name, change).update();
    }

    /** The same for its status. */
    <T extends HasMetadata> void changeStatus(Class<T> kind, String namespace, String name, Consumer<T> change) {
        changed(kind, namespace, name, change).updateStatus();
    }

    private <T extends HasMetadata> Resource<T> changed(
            Class<T> kind, String namespace, String name, Consumer<T> change) {
        T object = get(kind, namespace, name);
        change.accept(object);
        object.getMetadata().setResourceVersion(null);
        return client.resource(object);
    }

    List<String> ours(Class<? extends HasMetadata> kind) {
        return client.resources(kind).inAnyNamespace().list().getItems().stream()
                .filter(ControllerHarness::isOurs)
                .map(object -> object.getMetadata().getNamespace() + "/"
                        + object.getMetadata().getName())
                .sorted()
                .toList();
    }

    static boolean isOurs(HasMetadata object) {
        return object.getMetadata().getLabels() != null
                && "mcp-gateway-controller"
                        .equals(object.getMetadata().getLabels().get("app.kubernetes.io/managed-by"));
    }

    static List<String> types(List<Condition> conditions) {
        return conditions.stream().map(Condition::getType).toList();
    }
}
