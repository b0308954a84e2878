package io.mcpgateway.controller.testing;

import io.fabric8.istio.api.networking.v1alpha3.EnvoyFilter;
import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatusBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPVirtualServer;
import io.mcpgateway.controller.desired.ConfigSecret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An API server in memory (fabric8's), and what lives beside the controller in a cluster: Istio accepts routes and
 * reports listeners, Deployments become ready, and the broker runs what its Secret says.
 */
public final class FakeCluster implements AutoCloseable {
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(
            MCPGatewayExtension.class,
            MCPServerRegistration.class,
            MCPVirtualServer.class,
            Gateway.class,
            HTTPRoute.class,
            ReferenceGrant.class,
            EnvoyFilter.class);

    /** It says every request, on standard error. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.fabric8.mockwebserver.MockWebServer");

    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final FakeBroker broker = new FakeBroker();
    private final Set<String> requests = ConcurrentHashMap.newKeySet();
    private final Set<Class<?>> missing = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    public FakeCluster() {
        SERVER_LOG.setLevel(Level.OFF);
        Map<ServerRequest, Queue<ServerResponse>> responses = new HashMap<>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new RefusingDispatcher(responses), false);
        server.init();
        KINDS.stream().map(HasMetadata::getApiVersion).distinct().forEach(this::serveDiscovery);
        client = server.createClient();
        Thread.ofVirtual().name("neighbours").start(this::live);
    }

    public KubernetesClient client() {
        return client;
    }

    /** Another connection, for a controller to close. */
    public KubernetesClient connect() {
        return server.createClient(builder ->
                builder.withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor("record", new Interceptor() {
                    @Override
                    public void before(BasicBuilder request, HttpRequest copy, RequestTags tags) {
                        requests.add(copy.method() + " " + copy.uri().getRawPath()
                                + (String.valueOf(copy.uri().getQuery()).contains("watch=true") ? "?watch" : ""));
                    }
                })));
    }

    /** What came over those connections, each once: {@code GET /api/v1/secrets?watch}. */
    public Set<String> requests() {
        return Set.copyOf(requests);
    }

    public FakeBroker broker() {
        return broker;
    }

    /** Whether the API server says that it serves a kind. */
    public void serve(Class<? extends HasMetadata> kind, boolean served) {
        if (served) {
            missing.remove(kind);
        } else {
            missing.add(kind);
        }
    }

    /** Creates every object of a text. */
    public void create(String yaml) {
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(object -> client.resource(object).create());
    }

    @Override
    public void close() {
        closed.countDown();
        client.close();
        broker.close();
        server.destroy();
    }

    private void serveDiscovery(String version) {
        server.expect()
                .get()
                .withPath("/apis/" + version)
                .andReply(200, _ -> discovery(version))
                .always();
    }

    private APIResourceList discovery(String version) {
        return new APIResourceListBuilder()
                .withGroupVersion(version)
                .withResources(KINDS.stream()
                        .filter(kind -> HasMetadata.getApiVersion(kind).equals(version) && !missing.contains(kind))
                        .map(kind -> new APIResourceBuilder()
                                .withName(HasMetadata.getPlural(kind))
                                .withKind(HasMetadata.getKind(kind))
                                .withNamespaced(true)
                                .build())
                        .toList())
                .build();
    }

    private void live() {
        try {
            while (!closed.await(30, TimeUnit.MILLISECONDS)) {
                try {
                    client.resources(Gateway.class)
                            .inAnyNamespace()
                            .list()
                            .getItems()
                            .forEach(this::report);
                    client.resources(HTTPRoute.class)
                            .inAnyNamespace()
                            .list()
                            .getItems()
                            .forEach(this::accept);
                    client.apps()
                            .deployments()
                            .inAnyNamespace()
                            .list()
                            .getItems()
                            .forEach(this::ready);
                    client.secrets().inAnyNamespace().list().getItems().forEach(this::deliver);
                } catch (KubernetesClientException changedMeanwhile) {
                    // seen again in the next round
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(Gateway gateway) {
        if (gateway.getStatus() == null || gateway.getStatus().getListeners() == null) {
            gateway.setStatus(new GatewayStatusBuilder()
                    .withListeners(gateway.getSpec().getListeners().stream()
                            .map(listener -> new ListenerStatusBuilder()
                                    .withName(listener.getName())
                                    .withConditions(condition("Programmed"))
                                    .build())
                            .toList())
                    .build());
            client.resource(gateway).updateStatus();
        }
    }

    private void accept(HTTPRoute route) {
        if (route.getStatus() == null || route.getStatus().getParents() == null) {
            route.setStatus(new HTTPRouteStatusBuilder()
                    .withParents(route.getSpec().getParentRefs().stream()
                            .map(parent -> new RouteParentStatusBuilder()
                                    .withParentRef(parent)
                                    .withControllerName("istio.io/gateway-controller")
                                    .withConditions(condition("Accepted"))
                                    .build())
                            .toList())
                    .build());
            client.resource(route).updateStatus();
        }
    }

    private void ready(Deployment deployment) {
        if (deployment.getStatus() != null && deployment.getStatus().getReadyReplicas() != null) {
            return;
        }
        deployment.setStatus(new DeploymentStatusBuilder()
                .withReplicas(1)
                .withReadyReplicas(1)
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .build());
        client.resource(deployment).updateStatus();
        var slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace(deployment.getMetadata().getNamespace())
                .withName("mcp-gateway-x")
                .addToLabels("kubernetes.io/service-name", ObjectNames.BROKER)
                .endMetadata()
                .withAddressType("IPv4")
                .addNewEndpoint()
                .withAddresses("127.0.0.1")
                .withNewConditions(true, null, null)
                .withNewTargetRef()
                .withKind("Pod")
                .withName("mcp-gateway-a")
                .endTargetRef()
                .endEndpoint()
                .addNewPort()
                .withName("http")
                .withPort(broker.port())
                .endPort()
                .build();
        if (client.resource(slice).get() == null) {
            client.resource(slice).create();
        }
    }

    private void deliver(Secret secret) {
        if (secret.getMetadata().getName().equals(ObjectNames.CONFIG_SECRET)) {
            ConfigSecret.document(secret).ifPresent(broker::run);
        }
    }

    private static Condition condition(String type) {
        Condition condition = new Condition();
        condition.setType(type);
        condition.setStatus("True");
        condition.setReason(type);
        condition.setMessage("");
        condition.setLastTransitionTime("2026-01-01T00:00:00Z");
        return condition;
    }
}
