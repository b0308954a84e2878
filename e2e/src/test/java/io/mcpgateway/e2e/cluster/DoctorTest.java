package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of the bed: healthy, broken in many ways, and seen by somebody with few rights. */
@BedTest
@Order(31)
class DoctorTest extends ClusterScenario {
    /** Promised; starting the JVM included. */
    private static final long LONGEST_MILLIS = 10_000;

    private static final Subject CONTROLLER = Subject.of("deployment", "mcp-system", "mcp-gateway-controller");
    private static final Subject ISTIOD = Subject.of("deployment", "istio-system", "istiod");
    private static final String ROUTE = "mcp-test";

    private final Doctor doctorCommand = new Doctor(installation());

    @TempDir
    Path folder = Path.of("");

    @Test
    @Order(1)
    @DisplayName("doctor: nothing is broken on a healthy system, and nothing is hidden; within 10 s")
    void aHealthySystemHasNoFindings() throws IOException {
        kubectl().awaitReady(Subject.registration("server1"));
        Doctor.Diagnosis diagnosis = doctor();

        System.out.println("    " + diagnosis.report().path("counts"));
        assertThat(diagnosis.report().path("findings"))
                .filteredOn(finding -> !finding.path("verdict").asText().equals("ok"))
                .isEmpty();
        assertThat(diagnosis.exitCode()).isZero();
        assertThat(diagnosis.report().path("millis").asLong()).isLessThan(LONGEST_MILLIS);
        assertThat(diagnosis.report().toString()).contains("Envoy runs it on port", "answers initialize, tools/list");
    }

    @Test
    @Order(2)
    @DisplayName(
            "doctor: its first line names a server that is down, a Secret without label, a missing Service, a typo")
    void theFirstLineNamesWhatIsWrongWithAServer() throws IOException {
        apply(Yaml.route("sick", "sick.mcp.local", "nobody"), Yaml.registration("sick", "sick_", "sick"));
        awaitCause("BackendNotFound MCPServerRegistration mcp-test/sick");

        apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: nobody, namespace: %s}
                spec: {selector: {app: nobody}, ports: [{port: 9090}]}
                """.formatted(ROUTE));
        awaitCause("ServerNotRunning Service mcp-test/nobody");

        kubectl().run("delete", "service", "nobody", "-n", ROUTE);
        kubectl()
                .run(
                        "patch",
                        "httproute",
                        "sick",
                        "-n",
                        ROUTE,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"rules\":[{\"backendRefs\":[{\"name\":\"server1\",\"port\":9090}]}]}}");
        kubectl()
                .run(
                        "patch",
                        "mcpsr",
                        "sick",
                        "-n",
                        ROUTE,
                        "--type=merge",
                        "-p",
                        "{\"spec\":{\"credentialRef\":{\"name\":\"sick\"}}}");
        awaitCause("SecretNotFound MCPServerRegistration mcp-test/sick");

        apply(Yaml.credential("sick", "Bearer x").replace("mcp.kuadrant.io/credential", "example.org/other"));
        awaitCause("SecretInvalid MCPServerRegistration mcp-test/sick");

        kubectl().run("delete", "mcpsr", "sick", "-n", ROUTE);
        apply(Yaml.virtualServer("sick", "[nothing]"));
        awaitCause("NoTools MCPVirtualServer mcp-test/sick");
    }

    @Test
    @Order(3)
    @DisplayName("doctor: its first line names a controller or a broker that does not run, a withdrawn grant")
    void theFirstLineNamesWhatIsWrongWithTheGateway() throws IOException {
        afterwards(() -> scale(CONTROLLER, 1));
        scale(CONTROLLER, 0);
        awaitReplicas(CONTROLLER, 0);
        awaitCause("ControllerScaledToZero Deployment mcp-system/mcp-gateway-controller");

        String filter = kubectl()
                .run("get", "envoyfilter", "mcp-ext-proc-mcp-system-gateway", "-n", "gateway-system", "-o", "yaml");
        kubectl().run("delete", "envoyfilter", "mcp-ext-proc-mcp-system-gateway", "-n", "gateway-system");
        assertThat(filter).contains("ext_proc");
        scale(Installation.BROKER, 0);
        afterwards(() -> scale(Installation.BROKER, 1));
        awaitReplicas(Installation.BROKER, 0);
        // Both are consequences of nobody's work, but the controller comes first in the chain.
        assertThat(reasons(doctor())).contains("BrokerScaledToZero", "EnvoyFilterMissing");

        scale(CONTROLLER, 1);
        awaitCause("BrokerScaledToZero Deployment mcp-system/mcp-gateway");
        scale(Installation.BROKER, 1);
        awaitReplicas(Installation.BROKER, 1);
        awaitHealthy();

        afterwards(() -> kubectl().apply(installation().fixture("extension.yaml")));
        kubectl().run("delete", "referencegrant", "--all", "-n", "gateway-system");
        awaitCause("ReferenceGrantRequired MCPGatewayExtension mcp-system/mcp-gateway");
        kubectl().apply(installation().fixture("extension.yaml"));
        awaitHealthy();
    }

    @Test
    @Order(4)
    @DisplayName("doctor: its first line names istiod when it does not run")
    void theFirstLineNamesIstiod() throws IOException {
        afterwards(() -> {
            scale(ISTIOD, 1);
            awaitReplicas(ISTIOD, 1);
        });
        scale(ISTIOD, 0);
        awaitReplicas(ISTIOD, 0);

        assertThat(doctor().cause()).isEqualTo("IstiodNotReady Deployment istio-system/istiod");
    }

    @Test
    @Order(5)
    @DisplayName("doctor: somebody who may only read objects learns what is hidden, and what rule is missing")
    void whatMayNotBeReadIsUnknown() throws IOException {
        apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: reader, namespace: mcp-test}
                """, """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: e2e-reader}
                rules:
                - apiGroups: [mcp.kagenti.com, gateway.networking.k8s.io, networking.istio.io, security.istio.io, apps, discovery.k8s.io]
                  resources: ["*"]
                  verbs: [get, list]
                - apiGroups: [""]
                  resources: [namespaces, services, pods]
                  verbs: [get, list]
                """, """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: e2e-reader}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: e2e-reader}
                subjects: [{kind: ServiceAccount, name: reader, namespace: mcp-test}]
                """);
        String token = kubectl().run("create", "token", "reader", "-n", "mcp-test", "--duration=1h");
        String cluster = kubectl()
                .run(
                        "config",
                        "view",
                        "--minify",
                        "--flatten",
                        "-o",
                        "jsonpath={.clusters[0].cluster.server}{' '}{.clusters[0].cluster.certificate-authority-data}");
        String[] parts = cluster.split(" ", 2);
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: reader
                contexts: [{name: reader, context: {cluster: api, user: reader}}]
                clusters: [{name: api, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                users: [{name: reader, user: {token: "%s"}}]
                """.formatted(parts[0], parts[1], token));

        Doctor.Diagnosis diagnosis = doctor("--kubeconfig", kubeconfig.toString());

        assertThat(diagnosis.exitCode()).isEqualTo(3);
        assertThat(reasons(diagnosis)).contains("NotVisible");
        assertThat(diagnosis.report().toString())
                .contains(
                        "resources: [secrets], verbs: [get]",
                        "resources: [networkpolicies], verbs: [list]",
                        "resources: [pods/portforward], verbs: [create]");
        assertThat(diagnosis.report().has("cause")).isFalse();
    }

    @Test
    @Order(6)
    @DisplayName("doctor: its first line names what stops calls, and discovery does not see")
    void theFirstLineNamesWhatIsOnlyOnTheWayOfCalls() throws IOException {
        apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: way, namespace: %s}
                spec: {selector: {app: server1}, ports: [{name: http, port: 9090, targetPort: http}]}
                """.formatted(ROUTE), Yaml.route("way", "way.mcp.local", "way"), Yaml.registration("way", "way_", "way"));
        kubectl().awaitReady(Subject.registration("way"));
        awaitHealthy();

        patch(
                "httproute",
                "{'op':'add','path':'/spec/rules/0/filters','value':[{'type':'RequestHeaderModifier',"
                        + "'requestHeaderModifier':{'remove':['mcp-session-id']}}]}");
        awaitWay("removes the header mcp-session-id");
        patch("httproute", "{'op':'remove','path':'/spec/rules/0/filters'}");

        patch("httproute", "{'op':'add','path':'/spec/rules/0/timeouts','value':{'request':'1ms'}}");
        awaitWay("ends requests after 1ms");
        patch("httproute", "{'op':'remove','path':'/spec/rules/0/timeouts'}");

        apply("""
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: way, namespace: %s}
                spec: {host: way.%s.svc.cluster.local, trafficPolicy: {tls: {mode: SIMPLE}}}
                """.formatted(ROUTE, ROUTE));
        awaitWay("speak TLS (mode SIMPLE)");
        kubectl().run("delete", "destinationrule", "way", "-n", ROUTE);

        kubectl().run("annotate", "service", "way", "-n", ROUTE, "networking.istio.io/exportTo=.");
        awaitWay("exportTo");
        kubectl().run("annotate", "service", "way", "-n", ROUTE, "networking.istio.io/exportTo-");

        patch("service", "{'op':'replace','path':'/spec/ports/0/targetPort','value':9999}");
        awaitWay("port 9999");
    }

    @Test
    @Order(7)
    @DisplayName("doctor: its first line names what the API server does not let the controller write")
    void theFirstLineNamesWhatIsRefused() {
        apply("""
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: sick}
                spec:
                  matchConstraints:
                    resourceRules:
                    - {apiGroups: [networking.istio.io], apiVersions: ["*"], operations: [CREATE], resources: [envoyfilters]}
                  validations: [{expression: "false", message: nobody may create EnvoyFilters}]
                """, """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: sick}
                spec: {policyName: sick, validationActions: [Deny]}
                """);
        String filter = """
                apiVersion: networking.istio.io/v1alpha3
                kind: EnvoyFilter
                metadata: {name: sick, namespace: gateway-system}
                """;
        kubectl()
                .await(
                        Installation.EXTENSION,
                        "the policy is in force",
                        () -> kubectl().attempt(filter, "create", "--dry-run=server", "-f", "-"),
                        result -> result.output().contains("nobody may create EnvoyFilters"));
        kubectl().run("delete", "envoyfilter", "mcp-ext-proc-mcp-system-gateway", "-n", "gateway-system");
        awaitCause("EnvoyFilterNotApplied MCPGatewayExtension mcp-system/mcp-gateway");
        assertThat(kubectl().field(Installation.EXTENSION, "{.status.conditions[?(@.type=='Ready')].message}"))
                .contains("refuses to write EnvoyFilter gateway-system/", "nobody may create EnvoyFilters");
        kubectl().run("delete", "validatingadmissionpolicybinding", "sick");
        awaitHealthy();

        afterwards(() ->
                kubectl().run("delete", "secret", "mcp-gateway-config", "-n", "mcp-system", "--ignore-not-found"));
        kubectl().run("patch", "secret", "mcp-gateway-config", "-n", "mcp-system", "-p", "{\"immutable\":true}");
        apply(Yaml.virtualServer("sick", "[test1_headers]"));
        awaitCause("WriteRefused MCPGatewayExtension mcp-system/mcp-gateway");
        kubectl().run("delete", "secret", "mcp-gateway-config", "-n", "mcp-system");
        awaitHealthy();
    }

    private void patch(String kind, String operation) {
        kubectl().run("patch", kind, "way", "-n", ROUTE, "--type=json", "-p", "[" + operation.replace('\'', '"') + "]");
    }

    private void awaitWay(String cause) {
        doctorCommand.awaitLine("CallsDoNotArrive MCPServerRegistration mcp-test/way", cause);
        System.out.println("    " + cause);
    }

    private void awaitCause(String cause) {
        doctorCommand.awaitCause(cause);
        System.out.println("    " + cause);
    }

    private void awaitHealthy() {
        doctorCommand.awaitHealthy();
    }

    private static List<String> reasons(Doctor.Diagnosis diagnosis) {
        List<String> reasons = new ArrayList<>();
        diagnosis
                .report()
                .path("findings")
                .forEach(finding -> reasons.add(finding.path("reason").asText()));
        return reasons;
    }

    private Doctor.Diagnosis doctor(String... options) throws IOException {
        return doctorCommand.diagnosis(options);
    }
}
