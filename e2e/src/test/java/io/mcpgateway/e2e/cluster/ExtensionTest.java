package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.cluster.Kubectl.Subject;
import java.net.URI;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@BedTest
@Portable
@Order(4)
class ExtensionTest extends ClusterScenario {
    private static final String INVALID = "InvalidMCPGatewayExtension";
    private static final String TEAM = "team-a";
    private static final String SHARED = "{name: mcp-gateway, namespace: gateway-system, sectionName: mcp}";

    @Test
    @Order(1)
    @DisplayName("E16 extension: an unknown listener is told")
    void unknownListenerIsReported() {
        apply(Yaml.namespace(TEAM), Yaml.grant("e16", TEAM));
        apply(Yaml.extension(TEAM, "e16", SHARED.replace("sectionName: mcp", "sectionName: nobody"), ""));

        kubectl().awaitNotReady(Subject.extension(TEAM, "e16"), INVALID, "listener \"nobody\" not found");
    }

    @Test
    @Order(2)
    @DisplayName("E17 extension: a second one in the namespace is refused")
    void secondExtensionOfNamespaceIsRefused() {
        apply(Yaml.extension("mcp-system", "e17", SHARED, ""));

        kubectl()
                .awaitNotReady(
                        Subject.extension("mcp-system", "e17"),
                        INVALID,
                        "conflict",
                        "namespace mcp-system already has MCPGatewayExtension");
        assertThat(kubectl().ready(Installation.EXTENSION).isTrue()).isTrue();
    }

    @Test
    @Order(3)
    @DisplayName("E18 extension: a missing Gateway is told")
    void missingGatewayIsReported() {
        apply(Yaml.namespace(TEAM));
        apply(Yaml.extension(TEAM, "e18", "{name: nobody, sectionName: mcp}", ""));

        kubectl()
                .awaitNotReady(
                        Subject.extension(TEAM, "e18"), INVALID, "invalid: gateway target team-a/nobody not found");
    }

    @Test
    @Order(4)
    @DisplayName("E19 ReferenceGrant: required, then the port conflict, then required again")
    void grantIsRequiredEachTime() {
        Subject extension = Subject.extension(TEAM, "e19");
        apply(Yaml.namespace(TEAM));
        apply(Yaml.extension(TEAM, "e19", SHARED, ""));
        kubectl().awaitNotReady(extension, "ReferenceGrantRequired", "ReferenceGrant required in gateway-system", TEAM);

        apply(Yaml.grant("e19", TEAM));
        kubectl().awaitNotReady(extension, INVALID, "conflict", "already configured by MCPGatewayExtension mcp-system");

        kubectl().delete(Yaml.grant("e19", TEAM));
        kubectl().awaitNotReady(extension, "ReferenceGrantRequired");
    }

    @Test
    @Order(5)
    @DisplayName("E19 ReferenceGrant: taken away from a working extension, /mcp serves nothing; given back, it works")
    void withdrawnGrantClosesTheGateway() {
        URI url = installation().url();
        Subject grant = Subject.of("referencegrant", "gateway-system", "allow-mcp-gateway");
        afterwards(() -> {
            kubectl().apply(installation().fixture("extension.yaml"));
            kubectl().awaitReady(Installation.EXTENSION);
        });
        kubectl().run("delete", grant.kind(), grant.name(), "-n", grant.namespace());
        kubectl().awaitNotReady(Installation.EXTENSION, "ReferenceGrantRequired");
        installation().awaitTools(url, "nothing", tools -> tools.stream().noneMatch(tool -> tool.startsWith("test")));
        kubectl().awaitNotReady(Subject.registration("server1"), "NotReady");

        kubectl().apply(installation().fixture("extension.yaml"));

        kubectl().awaitReady(Installation.EXTENSION);
        kubectl().awaitReady(Subject.registration("server1"));
        kubectl().awaitReady(Subject.registration("server2"));
        installation().awaitTools(url, "all again", tools -> tools.contains("test2_time"));
    }

    @Test
    @Order(6)
    @DisplayName("E20, E21, E25 second Gateway: own list, own route; deleted it leaves nothing, recreated it works")
    void secondGatewayHasItsOwnLife() {
        Subject gateway = Subject.of("gateway", TEAM, "team");
        Subject extension = Subject.extension(TEAM, "team");
        String domain = "team-a.127-0-0-1.sslip.io";
        String yaml = Yaml.extension(TEAM, "team", "{name: team, sectionName: mcp}", "backendPingIntervalSeconds: 10");
        apply(Yaml.namespace(TEAM), Yaml.gateway(TEAM, "team", "\"*." + domain + "\""));
        apply(Yaml.route("team", "server2." + domain, "server2")
                .replace("name: mcp-gateway, namespace: gateway-system", "name: team, namespace: team-a"));
        apply(yaml, Yaml.registration("team", "team_", "team"));
        kubectl().awaitReady(extension);
        kubectl().awaitReady(Subject.registration("team"));
        assertThat(listenerMark(gateway)).isEqualTo("True Programmed");
        URI url = URI.create("http://mcp." + domain + ":" + installation().port(gateway) + "/mcp");
        installation()
                .awaitTools(
                        url,
                        "only its own",
                        tools -> tools.contains("team_time")
                                && tools.stream().allMatch(tool -> tool.startsWith("team_")));
        assertThat(Installation.tools(installation().url()))
                .contains("test2_time")
                .noneMatch(tool -> tool.startsWith("team_"));

        kubectl().delete(yaml);

        for (String kind : new String[] {"deployment", "service", "serviceaccount", "role", "rolebinding"}) {
            kubectl().awaitGone(Subject.of(kind, TEAM, "mcp-gateway"));
        }
        kubectl().awaitGone(Subject.of("httproute", TEAM, "mcp-gateway-route"));
        kubectl().awaitGone(Subject.of("envoyfilter", TEAM, "mcp-ext-proc-team-a-gateway"));
        kubectl().await(gateway, "no mark", () -> listenerMark(gateway), String::isEmpty);

        kubectl().apply(yaml);
        kubectl().awaitReady(extension);
        installation().awaitTools(url, "its own again", tools -> tools.contains("team_time"));
    }

    @Test
    @Order(7)
    @DisplayName("E23, E26 extension: route, filter, flags and the listener's mark follow the listener")
    void ownedObjectsFollowTheListener() {
        Subject route = Subject.of("httproute", "mcp-system", "mcp-gateway-route");
        assertThat(kubectl().field(route, "{.spec.hostnames[*]}")).isEqualTo(Installation.PUBLIC_HOST);
        assertThat(
                        kubectl()
                                .field(
                                        route,
                                        "{.spec.parentRefs[*].namespace}/{.spec.parentRefs[*].name}/{.spec.parentRefs[*].sectionName}"))
                .isEqualTo("gateway-system/mcp-gateway/mcp");
        assertThat(kubectl().field(route, "{.metadata.ownerReferences[*].kind}"))
                .isEqualTo("MCPGatewayExtension");
        assertThat(kubectl().field(route, "{.spec.rules[*].matches[*].path.value}"))
                .contains("/mcp", "/.well-known/oauth-protected-resource");
        assertThat(kubectl().field(Installation.BROKER, "{.spec.template.spec.containers[0].args}"))
                .contains("--mcp-gateway-public-host=" + Installation.PUBLIC_HOST)
                .contains("--mcp-gateway-private-host=mcp-gateway-istio.gateway-system.svc.cluster.local:8080");
        assertThat(kubectl()
                        .field(
                                Subject.of("envoyfilter", "gateway-system", "mcp-ext-proc-mcp-system-gateway"),
                                "{.spec.configPatches[0].match.listener.portNumber}"))
                .isEqualTo("8080");
        assertThat(listenerMark(Installation.GATEWAY)).isEqualTo("True Programmed");
    }

    @Test
    @Order(8)
    @DisplayName(
            "E24, E26 extension: httpRouteManagement Disabled makes no route; a wildcard listener gives mcp.<domain>")
    void disabledRouteManagementMakesNoRoute() {
        apply(Yaml.namespace(TEAM), Yaml.gateway(TEAM, "wild", "\"*.example.com\""));
        apply(Yaml.extension(TEAM, "wild", "{name: wild, sectionName: mcp}", "httpRouteManagement: Disabled"));

        kubectl().awaitReady(Subject.extension(TEAM, "wild"));

        assertThat(kubectl()
                        .field(
                                Subject.of("deployment", TEAM, "mcp-gateway"),
                                "{.spec.template.spec.containers[0].args}"))
                .contains("--mcp-gateway-public-host=mcp.example.com");
        assertThat(kubectl().run("get", "httproute", "-n", TEAM)).contains("No resources found");
    }

    private String listenerMark(Subject gateway) {
        return kubectl()
                .field(
                        gateway,
                        "{range .status.listeners[?(@.name=='mcp')].conditions[?(@.type=='MCPGatewayExtension')]}"
                                + "{.status} {.reason}{end}");
    }
}
