package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Missing CRDs: while the controller runs, when it starts, and what happens to objects meanwhile. */
@BedTest
@Order(90)
class MissingKindsTest extends ClusterScenario {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Subject CONTROLLER = Subject.of("deployment", "mcp-system", "mcp-gateway-controller");
    private static final Subject FILTER =
            Subject.of("envoyfilter", "gateway-system", "mcp-ext-proc-mcp-system-gateway");
    private static final String ISTIO = "envoyfilters.networking.istio.io";
    private static final List<String> GATEWAY_API =
            List.of("gateways.gateway.networking.k8s.io", "httproutes.gateway.networking.k8s.io");
    private static final List<String> ADDED_BY_THE_SERVER =
            List.of("resourceVersion", "uid", "generation", "creationTimestamp", "managedFields");

    @Test
    @Order(1)
    @DisplayName("Missing kinds: without Istio's CRD the controller lives, says what to install, and recovers")
    void istioIsMissingAndComesBack() throws IOException {
        String crd = saved("crd", ISTIO);
        afterwards(() -> restore(crd));
        kubectl().run("delete", "crd", ISTIO, "--timeout=60s");
        says("missing CRD envoyfilters.networking.istio.io (v1alpha3): install Istio");

        startAnew();
        says("missing CRD envoyfilters.networking.istio.io (v1alpha3): install Istio", "helm install istio-base");

        restore(crd);
        kubectl().await(FILTER, "to be made again", () -> kubectl().exists(FILTER), Boolean::booleanValue);
        wellAgain();
    }

    @Test
    @Order(2)
    @DisplayName(
            "Missing kinds: without the Gateway API finalizers end, the controller lives, says what to install, recovers")
    void gatewayApiIsMissingAndComesBack() throws IOException {
        kubectl().apply(Yaml.virtualServer("kindless", "[test1_greet]"));
        kubectl().apply(Yaml.registration("kindless", "kindless_", "server1"));
        kubectl().awaitReady(Subject.registration("kindless"));
        List<String> crds = new ArrayList<>();
        for (String name : GATEWAY_API) {
            crds.add(saved("crd", name));
        }
        afterwards(() -> crds.forEach(this::restore));
        String objects = gatewaysAndRoutes();
        kubectl().run("delete", "crd", GATEWAY_API.get(0), GATEWAY_API.get(1), "--timeout=60s");
        says(
                "missing CRD gateways.gateway.networking.k8s.io (v1), httproutes.gateway.networking.k8s.io (v1): kubectl apply");

        kubectl().run("delete", "mcpsr,mcpvs", "kindless", "-n", "mcp-test", "--timeout=60s");
        kubectl().run("delete", "mcpge", "mcp-gateway", "-n", "mcp-system", "--timeout=60s");
        startAnew();
        says("missing CRD gateways.gateway.networking.k8s.io (v1)", "gateway-api/releases");

        crds.forEach(this::restore);
        kubectl().apply(objects);
        kubectl().apply(installation().fixture("extension.yaml"));
        wellAgain();
    }

    @Test
    @Order(3)
    @DisplayName("Missing kinds: our own CRDs go with all their objects, and come back to the same controller")
    void ourKindsGoFirst() {
        String crds = installation().project().resolve("config/crd").toString();
        afterwards(() -> kubectl().run("apply", "-k", crds));
        String pod = pods();
        kubectl().run("delete", "-k", crds, "--timeout=90s");
        says("missing CRD mcpgatewayextensions.mcp.kagenti.com (v1alpha1)", "kubectl apply -f config/crd");
        kubectl().awaitGone(FILTER);
        kubectl().awaitGone(Installation.BROKER);

        kubectl().run("apply", "-k", crds);
        kubectl()
                .await(
                        Subject.of("crd", "mcp-system", "mcpserverregistrations.mcp.kagenti.com"),
                        "to be served",
                        () -> kubectl().attempt("", "get", "mcp", "-A").succeeded(),
                        Boolean::booleanValue);
        kubectl().apply(installation().fixture("extension.yaml"));
        kubectl().apply(installation().fixture("registrations.yaml"));
        wellAgain();
        assertThat(pods()).as("Pod and restarts of the controller").isEqualTo(pod);
    }

    /** Checks the readiness body, the log, and that the Pod is unready but was not restarted. */
    private void says(String... texts) {
        kubectl()
                .await(
                        CONTROLLER,
                        "/readyz with " + List.of(texts),
                        this::readiness,
                        body -> List.of(texts).stream().allMatch(body::contains));
        System.out.println("    " + readiness().strip());
        assertThat(kubectl().run("logs", "-n", "mcp-system", "deployment/mcp-gateway-controller"))
                .contains(texts);
        awaitReplicas(CONTROLLER, 0);
        assertThat(pods()).endsWith(" 0");
    }

    private void wellAgain() {
        awaitReplicas(CONTROLLER, 1);
        assertThat(readiness().strip()).isEqualTo("ok");
        kubectl().awaitReady(Installation.EXTENSION);
        kubectl().awaitReady(Subject.registration("server1"));
        kubectl().awaitReady(Subject.registration("server2"));
        kubectl().await(Installation.GATEWAY, "Programmed", this::programmed, "True"::equals);
        installation()
                .awaitTools(
                        installation().url(),
                        "both servers' tools",
                        tools -> tools.contains("test1_greet") && tools.contains("test2_time"));
    }

    private String programmed() {
        return kubectl().condition(Installation.GATEWAY, "Programmed").status();
    }

    private void startAnew() {
        String before = pods();
        kubectl().run("delete", "pod", "-n", "mcp-system", "-l", "app=mcp-controller", "--timeout=60s");
        kubectl()
                .await(
                        CONTROLLER,
                        "another Pod that runs",
                        this::pods,
                        pods -> !pods.equals(before) && !readiness().isEmpty());
    }

    private String readiness() {
        Command.Result body = kubectl()
                .attempt(
                        "",
                        "exec",
                        "-n",
                        "mcp-system",
                        "deployment/mcp-gateway-controller",
                        "--",
                        "curl",
                        "-s",
                        "localhost:8081/readyz");
        return body.succeeded() ? body.output() : "";
    }

    /** Names and restarts. */
    private String pods() {
        return kubectl()
                .run(
                        "get",
                        "pods",
                        "-n",
                        "mcp-system",
                        "-l",
                        "app=mcp-controller",
                        "-o",
                        "jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[0].restartCount}{end}");
    }

    private void restore(String crd) {
        kubectl()
                .attempt(crd, "apply", "--server-side", "--force-conflicts", "-f", "-")
                .orFail();
    }

    private String saved(String kind, String name) throws IOException {
        return stripped(JSON.readTree(kubectl().run("get", kind, name, "-o", "json")));
    }

    /** The objects that users created; others are created again by the controller. */
    private String gatewaysAndRoutes() throws IOException {
        List<String> objects = new ArrayList<>();
        for (JsonNode object : JSON.readTree(kubectl().run("get", "gateways,httproutes", "-A", "-o", "json"))
                .path("items")) {
            if (!object.path("metadata").has("ownerReferences")) {
                objects.add(stripped(object));
            }
        }
        return String.join("\n---\n", objects);
    }

    private static String stripped(JsonNode object) {
        ObjectNode copy = object.deepCopy();
        copy.remove("status");
        ((ObjectNode) copy.path("metadata")).remove(ADDED_BY_THE_SERVER);
        return copy.toString();
    }
}
