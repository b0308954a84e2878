package io.mcpgateway.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.contract.BrokerConfig;
import io.mcpgateway.api.contract.ConfigYaml;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.v1alpha1.MCPGatewayExtension;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.extension.ExtensionPlan;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.references.References;
import io.mcpgateway.controller.registration.RegistrationPlan;
import io.mcpgateway.controller.testing.ObjectYaml;
import io.mcpgateway.controller.translation.TranslatedExtension;
import io.mcpgateway.controller.translation.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * In whatever world, each call to a server that is served leads, in the gateway's own route table, to the backend of
 * that server's registration; or the registration is not accepted.
 */
class ToolsLeadHomeTest {
    private static final int WORLDS = 600;
    private static final List<String> NAMESPACES = List.of("a", "b", "c");
    private static final List<String> HOSTS = List.of(
            "[s.mcp.local]",
            "[s.mcp.local]",
            "[s.mcp.local]",
            "[t.mcp.local]",
            "[s.mcp.local, t.mcp.local]",
            "[s.mcp.local, \"*.mcp.local\"]",
            "[\"*.mcp.local\"]",
            "[\"*.local\"]",
            "[gw.mcp.local, s.mcp.local]",
            "[]");
    private static final List<String> MATCHES = List.of(
            "",
            "",
            "",
            "",
            "",
            "",
            "matches: [{path: {type: PathPrefix, value: /}}], ",
            "matches: [{path: {type: PathPrefix, value: /mcp}}], ",
            "matches: [{path: {type: PathPrefix, value: /mcp/}}], ",
            "matches: [{path: {type: PathPrefix, value: /v1}}], ",
            "matches: [{path: {type: Exact, value: /mcp}}], ",
            "matches: [{path: {type: RegularExpression, value: /m.*}}], ",
            "matches: [{method: POST}], ",
            "matches: [{method: GET}], ",
            "matches: [{path: {type: PathPrefix, value: /mcp}, method: POST}], ",
            "matches: [{headers: [{name: x-mcp-toolname, value: pay}]}], ",
            "matches: [{path: {type: PathPrefix, value: /mcp}, headers: [{name: x-mcp-toolname, value: pay}]}], ",
            "matches: [{queryParams: [{name: k, value: v}]}], ",
            "matches: [{path: {type: PathPrefix, value: /v1}}, {path: {type: PathPrefix, value: /mcp}}], ");
    private static final List<String> LISTENERS = List.of(
            "{name: mcps, port: 8080, protocol: HTTP, hostname: \"*.mcp.local\", allowedRoutes: {namespaces: {from: All}}}",
            "{name: any, port: 8080, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}",
            "{name: s, port: 8080, protocol: HTTP, hostname: s.mcp.local, allowedRoutes: {namespaces: {from: All}}}",
            "{name: apart, port: 9090, protocol: HTTP, hostname: \"*.mcp.local\", allowedRoutes: {namespaces: {from: All}}}",
            "{name: some, port: 8080, protocol: HTTP, hostname: \"*.local\", allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {in: \"yes\"}}}}}");

    @Test
    void callsOfAServedServerReachItsOwnBackend() {
        int served = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            World world = world(seed);
            MCPGatewayExtension extension = world.extensions().getFirst();
            TranslatedExtension.Accepted accepted = accepted(world, extension);
            ExtensionPlan.Proceed plan = accepted.plan();
            BrokerConfig config = accepted.config();
            assertThat(ConfigYaml.parse(ConfigYaml.print(config)))
                    .as("seed %d", seed)
                    .isInstanceOf(ConfigYaml.Result.Parsed.class);
            for (RouteTable.Habit habit : RouteTable.Habit.values()) {
                RouteTable table = table(world, plan, habit);
                for (McpServer server : config.servers()) {
                    assertThat(astray(world, table, server))
                            .as("seed %d, %s", seed, habit)
                            .isEmpty();
                }
            }
            served += config.servers().size();
        }
        assertThat(served).isGreaterThan(WORLDS / 4);
    }

    /** The calls to a server that another backend answers, or that none does though MCP needs it. */
    private static List<String> astray(World world, RouteTable table, McpServer server) {
        String own = backend(world, server.name().value());
        return calls(server.hostname(), server.path()).stream()
                .filter(call -> !table.backend(call)
                        .map(own::equals)
                        .orElse(!call.method().equals("POST")))
                .map(call -> "%s goes to %s, not to %s of %s".formatted(call, table.backend(call), own, server.name()))
                .toList();
    }

    /** The rule is no wider than it has to be: most refusals are of registrations whose calls do go astray. */
    @Test
    void refusedRegistrationsWouldOftenHaveBeenAnsweredByOthers() {
        int refused = 0;
        int astray = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            World world = world(seed);
            MCPGatewayExtension extension = world.extensions().getFirst();
            ExtensionPlan.Proceed plan = accepted(world, extension).plan();
            Translation translation = Translation.NONE.next(world.facts());
            RouteTable table = table(world, plan, RouteTable.Habit.GROUPS);
            for (MCPServerRegistration registration : world.registrations()) {
                if (translation.registration(ObjectKey.of(registration)) instanceof RegistrationPlan.Invalid invalid
                        && invalid.reason().equals("HostnameTaken")) {
                    refused++;
                    String own = backend(world, ObjectKey.of(registration).toString());
                    String path = registration.getSpec().path();
                    boolean goesAstray = List.of("s.mcp.local", "t.mcp.local").stream()
                            .flatMap(host -> calls(host, path).stream())
                            .anyMatch(call -> table.backend(call)
                                    .filter(to -> !to.equals(own))
                                    .isPresent());
                    astray += goesAstray ? 1 : 0;
                }
            }
        }
        assertThat(refused).isGreaterThan(WORLDS / 4);
        assertThat(astray).isGreaterThan(refused / 2);
    }

    private static TranslatedExtension.Accepted accepted(World world, MCPGatewayExtension extension) {
        return (TranslatedExtension.Accepted)
                Translation.NONE.next(world.facts()).extension(ObjectKey.of(extension));
    }

    private static RouteTable table(World world, ExtensionPlan.Proceed plan, RouteTable.Habit habit) {
        Gateway gateway = world.gateway(plan.gateway()).orElseThrow();
        return new RouteTable(
                gateway,
                plan.port(),
                world.routes(),
                (listener, namespace) -> !listener.getName().equals("some") || !namespace.equals("c"),
                habit);
    }

    private static String backend(World world, String registration) {
        HTTPRoute route = world.registrations().stream()
                .filter(candidate -> ObjectKey.of(candidate).toString().equals(registration))
                .flatMap(candidate -> References.route(candidate).stream())
                .flatMap(key -> world.route(key).stream())
                .findFirst()
                .orElseThrow();
        var rule = route.getSpec().getRules().getFirst();
        if (rule.getFilters() != null && !rule.getFilters().isEmpty()) {
            return "filtered by " + route.getMetadata().getName();
        }
        var reference = rule.getBackendRefs().getFirst();
        String namespace =
                reference.getNamespace() == null ? route.getMetadata().getNamespace() : reference.getNamespace();
        return "%s/%s:%d".formatted(namespace, reference.getName(), reference.getPort());
    }

    private static List<RouteTable.Call> calls(String host, String target) {
        String path = target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
        String query = target.contains("?") ? target.substring(target.indexOf('?') + 1) : "";
        List<RouteTable.Call> calls = new ArrayList<>();
        for (String method : List.of("POST", "GET", "DELETE")) {
            for (String tool : List.of("pay", "look")) {
                calls.add(new RouteTable.Call(host, path, query, method, Map.of("x-mcp-toolname", tool)));
            }
        }
        return calls;
    }

    private static World world(int seed) {
        Random random = new Random(seed);
        StringBuilder yaml = new StringBuilder(gateway(random));
        int routes = 2 + random.nextInt(4);
        for (int number = 0; number < routes; number++) {
            yaml.append(route(random, number));
            int users = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(2);
            for (int user = 0; user < users; user++) {
                yaml.append(registration(random, number, user));
            }
        }
        return new World(ObjectYaml.documents(yaml.toString()));
    }

    private static String gateway(Random random) {
        String listeners = IntStream.range(0, LISTENERS.size())
                .filter(index -> index == 0 || random.nextInt(3) == 0)
                .mapToObj(LISTENERS::get)
                .collect(Collectors.joining(", "));
        String services = NAMESPACES.stream()
                .map(namespace -> """
                        ---
                        apiVersion: v1
                        kind: Namespace
                        metadata: {name: %1$s, labels: {in: "%2$s"}}
                        ---
                        apiVersion: v1
                        kind: Service
                        metadata: {name: one, namespace: %1$s}
                        spec: {ports: [{port: 80}, {port: 81}]}
                        """.formatted(namespace, namespace.equals("c") ? "no" : "yes"))
                .collect(Collectors.joining());
        String grant = random.nextBoolean() ? "" : """
                ---
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: grant, namespace: a}
                spec:
                  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: b}]
                  to: [{group: "", kind: Service}]
                """;
        return """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: gateway, namespace: system, generation: 1}
                spec:
                  gatewayClassName: istio
                  listeners: [{name: mcp, port: 8080, protocol: HTTP, hostname: gw.mcp.local, allowedRoutes: {namespaces: {from: All}}}, %s]
                ---
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPGatewayExtension
                metadata: {name: mcp, namespace: system, uid: e, generation: 1, creationTimestamp: "2026-11-01T10:00:00Z"}
                spec: {targetRef: {name: gateway, sectionName: mcp}}
                """.formatted(listeners) + services + grant;
    }

    private static String route(Random random, int number) {
        String namespace = NAMESPACES.get(number % NAMESPACES.size());
        String section =
                random.nextInt(3) > 0 ? "" : ", sectionName: " + pick(random, List.of("mcps", "any", "s", "apart"));
        String rules = IntStream.range(0, random.nextInt(5) == 0 ? 2 : 1)
                .mapToObj(_ -> "{%sbackendRefs: [{name: one, port: %d%s}]%s}"
                        .formatted(
                                pick(random, MATCHES),
                                80 + random.nextInt(2),
                                random.nextInt(4) == 0 ? ", namespace: a" : "",
                                random.nextInt(12) == 0
                                        ? ", filters: [{type: URLRewrite, urlRewrite: {hostname: x.example}}]"
                                        : ""))
                .collect(Collectors.joining(", "));
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: r%1$d, namespace: %2$s, generation: 1, creationTimestamp: "2026-11-0%3$dT10:00:00Z"}
                spec:
                  parentRefs: [{name: gateway, namespace: system%4$s}]
                  hostnames: %5$s
                  rules: [%6$s]
                status:
                  parents:
                  - parentRef: {name: gateway, namespace: system%4$s}
                    conditions: [{type: Accepted, status: "%7$s"}]
                """.formatted(
                        number,
                        namespace,
                        1 + random.nextInt(3),
                        section,
                        pick(random, HOSTS),
                        rules,
                        random.nextInt(10) == 0 ? "False" : "True");
    }

    private static String registration(Random random, int route, int user) {
        return """
                ---
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: MCPServerRegistration
                metadata: {name: m%1$d-%2$d, namespace: %3$s, uid: m%1$d-%2$d, generation: 1, creationTimestamp: "2026-11-0%4$dT10:00:00Z"}
                spec: {path: %5$s, targetRef: {name: r%1$d}}
                """.formatted(
                        route,
                        user,
                        NAMESPACES.get(route % NAMESPACES.size()),
                        1 + random.nextInt(5),
                        pick(random, List.of("/mcp", "/mcp", "/mcp", "/mcp/x", "/v1/mcp", "\"/mcp?k=v\"")));
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
