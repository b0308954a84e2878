package io.mcpgateway.controller.registration;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerEndpointsTest {
    private static final String SERVICE = "{ports: [{name: http, port: 80}, {name: x, port: 443, appProtocol: HTTPS},"
            + " {name: https, port: 8443}, {name: https-mcp, port: 9443}, {name: https, port: 81, appProtocol: http}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: s, port: 80                | http://s.ns.svc.cluster.local:80",
                "name: s                          | http://s.ns.svc.cluster.local",
                "name: s, port: 443               | https://s.ns.svc.cluster.local:443",
                "name: s, port: 8443              | https://s.ns.svc.cluster.local:8443",
                "name: s, port: 9443              | https://s.ns.svc.cluster.local:9443",
                "name: s, port: 81                | http://s.ns.svc.cluster.local:81",
                "kind: Service, group: '', name: s, namespace: ns, port: 80 | http://s.ns.svc.cluster.local:80",
            })
    void aServiceIsReachedByItsNameAndTheProtocolOfThePort(String backend, String base) {
        assertThat(endpoint("[{backendRefs: [{" + backend + "}]}]", SERVICE))
                .isEqualTo(new ServerEndpoint.Resolved(base, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "api.example.com,          '',   https://api.example.com:443",
        "api.example.com,          8443, https://api.example.com:8443",
        "api.example.com:8443,     '',   https://api.example.com:8443",
        "api.example.com:8443,     443,  https://api.example.com:443",
        "10.1.2.3,                 '',   https://10.1.2.3:443",
        "10.1.2.3:80,              '',   https://10.1.2.3:80",
        "2001:db8::1,              '',   https://[2001:db8::1]:443",
        "[2001:db8::1],            8443, https://[2001:db8::1]:8443",
        "[2001:db8::1]:8443,       '',   https://[2001:db8::1]:8443",
        "tools,                    '',   https://tools:443",
    })
    void aHostnameBackendIsHttps(String name, String port, String base) {
        assertThat(endpoint(hostname(name, port), SERVICE))
                .isEqualTo(new ServerEndpoint.Resolved(base, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "user@api.example.com",
        "user:pw@api.example.com",
        "api.example.com/path",
        "api.example.com?q=1",
        "api.example.com#f",
        "http://api.example.com",
        "api_example.com",
        "'api example.com'",
        "'//api.example.com'",
        "api.example.com:port",
        "api.example.com:99999",
        "[2001:db8::1",
        "2001:db8::zz",
        "'..'",
        "'%61.example.com'",
        "'a.example.com:80:80x'",
        "'\\api.example.com'",
    })
    void aHostnameThatIsNoBareHostIsRefused(String name) {
        assertThat(endpoint(hostname(name, ""), SERVICE))
                .isInstanceOfSatisfying(
                        ServerEndpoint.Unresolved.class,
                        refused -> assertThat(refused.message())
                                .startsWith("HTTPRoute ns/r ")
                                .contains("invalid hostname in backendRef: " + name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                                     | has no backend references",
                "[{}]                                                   | has no backend references",
                "[{backendRefs: []}]                                    | has no backend references",
                "[{backendRefs: [{name: s}]}, {backendRefs: [{name: s}]}] | has > 1 rule, which is unsupported",
                "[{backendRefs: [{name: s}, {name: s}]}]                | has > 1 backend reference, which is unsupported",
                "[{backendRefs: [{name: ''}]}]                          | has a backend reference without a name",
                "[{backendRefs: [{kind: Foo, name: s}]}]                | unsupported backend reference kind: Foo;",
                "[{backendRefs: [{kind: Hostname, name: s}]}]           | unsupported backend reference kind: Hostname;",
                "[{backendRefs: [{kind: Hostname, group: x.io, name: s}]}] | unsupported backend reference kind: Hostname.x.io",
                "[{backendRefs: [{kind: Service, group: x.io, name: s}]}]  | unsupported backend reference kind: Service.x.io",
                "[{backendRefs: [{name: missing, port: 80}]}]           | failed to get service ns/missing: not found",
                "[{backendRefs: [{name: s, port: 7}]}]                  | service ns/s has no port 7 (its ports: 80, 443,",
                "[{backendRefs: [{name: s, namespace: far}]}]           | ReferenceGrant required in far",
            })
    void aRouteThatNamesNoSingleServerIsRefused(String rules, String message) {
        assertThat(endpoint(rules, SERVICE))
                .isInstanceOfSatisfying(
                        ServerEndpoint.Unresolved.class,
                        refused -> assertThat(refused.message()).contains(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: ExternalName, externalName: a.com}                                            | name: s            | http://a.com",
                "{type: ExternalName, externalName: a.com}                                            | name: s, port: 80  | http://a.com:80",
                "{type: ExternalName, externalName: a.com, ports: [{port: 443, appProtocol: https}]}  | name: s, port: 443 | https://a.com:443",
                "{type: ExternalName, externalName: a.com, ports: [{port: 443, appProtocol: https}]}  | name: s, port: 80  | http://a.com:80",
                "{type: ExternalName, externalName: 'a.com:81'}                                       | name: s            | http://a.com:81",
            })
    void anExternalNameIsReachedDirectly(String service, String backend, String base) {
        assertThat(endpoint("[{backendRefs: [{" + backend + "}]}]", service))
                .isEqualTo(new ServerEndpoint.Resolved(base, Optional.of("a.com")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "169.254.169.254          | a link-local or metadata address",
                "169.254.169.254:80       | a link-local or metadata address",
                "fe80::1                  | a link-local or metadata address",
                "metadata.google.internal | a link-local or metadata address",
                "0xa9fea9fe               | a link-local or metadata address",
                "127.0.0.1                | the gateway's own pod",
                "localhost:15000          | the gateway's own pod",
            })
    void addressesThatAreNobodysServerAreRefused(String name, String what) {
        assertThat(List.of(
                        endpoint(hostname(name, ""), SERVICE),
                        endpoint("[{backendRefs: [{name: s}]}]", "{type: ExternalName, externalName: '" + name + "'}")))
                .allSatisfy(refused -> assertThat(refused)
                        .isInstanceOfSatisfying(
                                ServerEndpoint.Unresolved.class,
                                unresolved -> assertThat(unresolved.message()).contains(what)));
    }

    @Test
    void anExternalNameThatIsNoHostIsRefused() {
        assertThat(endpoint("[{backendRefs: [{name: s}]}]", "{type: ExternalName, externalName: 'a.com/x'}"))
                .isInstanceOf(ServerEndpoint.Unresolved.class);
    }

    @Test
    void aRouteWithoutHostnameIsRefused() {
        HTTPRoute route = route("[{backendRefs: [{name: s}]}]");
        route.getSpec().setHostnames(List.of());

        assertThat(ServerEndpoints.of(route, facts(route, SERVICE)))
                .isInstanceOfSatisfying(
                        ServerEndpoint.Unresolved.class,
                        refused -> assertThat(refused.message()).contains("must have at least one hostname"));
    }

    private static String hostname(String name, String port) {
        String quoted = "'" + name + "'";
        return "[{backendRefs: [{group: networking.istio.io, kind: Hostname, name: %s%s}]}]"
                .formatted(quoted, port.isEmpty() ? "" : ", port: " + port);
    }

    private static ServerEndpoint endpoint(String rules, String service) {
        HTTPRoute route = route(rules);
        return ServerEndpoints.of(route, facts(route, service));
    }

    private static HTTPRoute route(String rules) {
        return ObjectYaml.read(
                HTTPRoute.class, "metadata: {name: r, namespace: ns}\nspec: {hostnames: [a.b], rules: " + rules + "}");
    }

    private static RegistrationFacts facts(HTTPRoute route, String service) {
        return new RegistrationFacts(
                new MCPServerRegistration(),
                Optional.of(route),
                List.of(),
                List.of(),
                List.of(ObjectYaml.read(Service.class, "metadata: {name: s, namespace: ns}\nspec: " + service)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                List.of());
    }
}
