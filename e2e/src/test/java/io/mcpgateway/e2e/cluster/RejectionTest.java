package io.mcpgateway.e2e.cluster;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every reason why an extension or a registration is rejected, with a real API server and Istio. */
@BedTest
@Portable
@Order(12)
class RejectionTest {
    private static final Kubectl KUBECTL = Installation.ready().kubectl();

    /** The younger of two must be created in a later second, because only the age decides. */
    private static final String YOUNGER =
            Yaml.extension("rejected-a", "younger", "{name: busy, namespace: rejected, sectionName: key-1}", "")
                    + "---\n"
                    + Yaml.extension("rejected-f", "ext", "{name: busy, namespace: rejected, sectionName: mcp}", "");

    private static String fixture() {
        return Installation.ready().fixture("rejections.yaml");
    }

    @BeforeAll
    static void applyAll() {
        KUBECTL.apply(fixture());
        Subject deployment = Subject.of("deployment", "rejected-a", "mcp-gateway");
        KUBECTL.await(deployment, "to be there", () -> KUBECTL.exists(deployment), Boolean::booleanValue);
        KUBECTL.run("scale", "deployment/mcp-gateway", "-n", "rejected-a", "--replicas=0");
        KUBECTL.apply(YOUNGER);
    }

    @AfterAll
    static void deleteAll() {
        KUBECTL.delete(YOUNGER);
        KUBECTL.delete(fixture());
    }

    @ParameterizedTest(name = "rejected extension {0}: {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            a/younger | InvalidMCPGatewayExtension | conflict: namespace rejected-a already has MCPGatewayExtension elder (only one per namespace allowed)
            b/ext     | InvalidMCPGatewayExtension | invalid: gateway target rejected/nobody not found
            c/ext     | InvalidMCPGatewayExtension | listener "nobody" not found on gateway rejected/busy
            d/ext     | InvalidMCPGatewayExtension | listener "no-host" on gateway rejected/busy has no hostname and spec.publicHost is not set
            e/ext     | InvalidMCPGatewayExtension | listener "same" on gateway rejected/busy does not allow routes from namespace "rejected-e"
            f/ext     | InvalidMCPGatewayExtension | conflict: listener port 8080 on gateway rejected/busy is already configured by MCPGatewayExtension rejected-a/elder (listener mcp)
            g/ext     | InvalidMCPGatewayExtension | invalid public host
            h/ext     | ReferenceGrantRequired     | invalid: ReferenceGrant required in rejected to allow cross-namespace reference from rejected-h
            i/ext     | SecretNotFound             | secret nobody not found in namespace rejected-i
            j/ext     | SecretInvalid              | secret empty has no data
            k/ext     | SecretInvalid              | secret other-entry is missing required data entry "key"
            l/ext     | InvalidMCPGatewayExtension | second
            a/elder   | DeploymentNotReady         | broker-router deployment is not ready
            """)
    void extensionSaysWhy(String object, String reason, String message) {
        String[] parts = object.split("/", 2);

        KUBECTL.awaitNotReady(Subject.extension("rejected-" + parts[0], parts[1]), reason, message);
    }

    @ParameterizedTest(name = "rejected registration {0}: {1}, {2}")
    @CsvSource(delimiter = '|', textBlock = """
            no-route        | NotReady | failed to get targeted httproute rejected-servers/no-route: not found
            no-gateway      | NotReady | no valid gateways for httproute rejected-servers/no-gateway
            not-accepted    | NotReady | no valid gateways for httproute rejected-servers/not-accepted
            no-extension    | NotReady | no valid mcpgatewayextensions configured
            other-port      | NotReady | no matching mcpgatewayextensions for attached listener
            no-backend      | NotReady | HTTPRoute rejected-servers/no-backend has no backend references
            two-rules       | NotReady | HTTPRoute rejected-servers/two-rules has > 1 rule, which is unsupported
            two-backends    | NotReady | HTTPRoute rejected-servers/two-backends has > 1 backend reference, which is unsupported
            no-hostname     | NotReady | HTTPRoute rejected-servers/no-hostname must have at least one hostname
            public-host     | NotReady | hostname busy.example.com of HTTPRoute rejected-servers/public-host is the public host of MCPGatewayExtension rejected-a/elder: calls would come back to the gateway; remove it from the route and give the server its own hostname
            other-kind      | NotReady | has an unsupported backend reference kind: ConfigMap
            bad-hostname    | NotReady | invalid hostname in backendRef: user@api.example.com
            no-service      | NotReady | failed to get service rejected-servers/nobody
            no-port         | NotReady | service rejected-servers/server has no port 9999 (its ports: 9090)
            foreign-service | NotReady | ReferenceGrant required in rejected-others to allow HTTPRoute rejected-servers/foreign-service
            no-secret       | NotReady | credential secret nobody not found
            no-label        | NotReady | credential secret unlabelled is missing required label mcp.kuadrant.io/credential=true
            no-key          | NotReady | credential secret other-key is missing key token
            bad-value       | NotReady | credential secret two-lines, key token: the value must be one line of printable ASCII
            disabled        | Disabled | server is disabled
            no-replica      | NotReady | Validation failed: no broker endpoints available
            """)
    void registrationSaysWhy(String name, String reason, String message) {
        KUBECTL.awaitNotReady(Subject.of("mcpsr", "rejected-servers", name), reason, message);
    }

    @ParameterizedTest(name = "rejected registration foreign-route: {0}")
    @CsvSource(
            "ReferenceGrant required in rejected-servers to allow MCPServerRegistration rejected-others/foreign-route")
    void routeOfAnotherNamespaceNeedsAGrant(String message) {
        KUBECTL.awaitNotReady(Subject.of("mcpsr", "rejected-others", "foreign-route"), "NotReady", message);
    }
}
