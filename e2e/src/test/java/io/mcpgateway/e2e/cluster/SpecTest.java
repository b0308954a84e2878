package io.mcpgateway.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs that the API server refuses before the controller sees them, with a message that says what to write. */
@BedTest
@Portable
@Order(8)
class SpecTest {
    private static final Kubectl KUBECTL = Installation.ready().kubectl();

    @ParameterizedTest(name = "refused registration {0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            targetRef: {name: r}, toolPrefix: "my tools "            | toolPrefix may only contain letters, digits, '_' and '-', no spaces
            targetRef: {name: r}, toolPrefix: _leading               | start with a letter or digit
            targetRef: {name: r}, toolPrefix: ""                     | start with a letter or digit
            targetRef: {name: r}, toolPrefix: a123456789b123456789c123456789d12 | Too long: may not be more than 32
            targetRef: {name: r}, path: mcp                          | path must start with '/', such as /mcp
            targetRef: {name: r}, path: "/my mcp"                    | must not contain spaces
            targetRef: {name: r}, path: ""                           | path must start with '/'
            targetRef: {name: r}, credentialRef: {}                  | spec.credentialRef.name: Required value
            targetRef: {name: r}, credentialRef: {name: "My Secret"} | spec.credentialRef.name
            targetRef: {name: r}, credentialRef: {name: s, key: "a b"} | spec.credentialRef.key
            targetRef: {name: r}, credentialRef: {name: s, injection: Always} | unknown field "spec.credentialRef.injection"
            targetRef: {name: r}, upstreamAuthorization: {mode: Always} | supported values: "Forward", "None", "Shared"
            targetRef: {name: r}, upstreamAuthorization: {mode: Shared} | mode Shared needs credentialRef
            targetRef: {name: r}, callTimeoutSeconds: 0              | should be greater than or equal to 1
            targetRef: {name: r}, callTimeoutSeconds: 86401          | should be less than or equal to 86400
            targetRef: {name: r}, credential: secret                 | unknown field "spec.credential"
            targetRef: {name: r}, state: Stopped                       | supported values: "Disabled", "Enabled"
            targetRef: {name: r, kind: Service}                      | supported values: "HTTPRoute"
            targetRef: {name: r, group: example.com}                 | supported values: "gateway.networking.k8s.io"
            targetRef: {name: ""}                                    | spec.targetRef.name
            toolPrefix: a_                                           | spec.targetRef: Required value
            """)
    void registrationIsRefused(String spec, String text) {
        refused("MCPServerRegistration", spec, text);
    }

    @ParameterizedTest(name = "refused extension {0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            targetRef: {name: g}, publicHost: "https://mcp.example.com/mcp" | it is not a URL: leave out http:// and the path
            targetRef: {name: g}, publicHost: MCP.Example.com        | publicHost must be a lower-case host name
            targetRef: {name: g}, publicHost: "mcp example"          | publicHost must be a lower-case host name
            targetRef: {name: g}, privateHost: "host/path"           | privateHost must be host:port
            targetRef: {name: g}, privateHost: "ftp://host:80"       | privateHost must be host:port
            targetRef: {name: g}, backendPingIntervalSeconds: 5      | should be greater than or equal to 10
            targetRef: {name: g}, backendPingIntervalSeconds: 7201   | should be less than or equal to 7200
            targetRef: {name: g}, backendPingIntervalSeconds: 30s    | must be of type integer
            targetRef: {name: g}, callTimeoutSeconds: 0              | should be greater than or equal to 1
            targetRef: {name: g}, callTimeoutSeconds: 86401          | should be less than or equal to 86400
            targetRef: {name: g}, serverInstructions: Maybe          | supported values: "Disabled", "Enabled"
            targetRef: {name: g}, registryAPI: Maybe                 | supported values: "Disabled", "Enabled"
            targetRef: {name: g}, protocolVersions: ["2025-11-26"]   | supported values: "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"
            targetRef: {name: g}, protocolVersions: "2025-11-25"     | must be of type array
            targetRef: {name: g}, logLevel: loud                     | supported values: "debug", "error", "info", "warn"
            targetRef: {name: g}, httpRouteManagement: Maybe         | supported values: "Disabled", "Enabled"
            targetRef: {name: g}, trustedHeadersKey: {}              | spec.trustedHeadersKey.secretName: Required value
            targetRef: {name: g}, trustedHeadersKey: {secretName: s, generate: Maybe} | supported values: "Disabled", "Enabled"
            targetRef: {name: g}, sessionStore: {}                   | spec.sessionStore.secretName: Required value
            targetRef: {name: g}, oauthProtectedResource: {authorizationServers: []} | spec.oauthProtectedResource.authorizationServers
            targetRef: {name: g}, oauthProtectedResource: {authorizationServers: [example.com]} | spec.oauthProtectedResource.authorizationServers[0]
            targetRef: {name: g, kind: Service}                      | supported values: "Gateway"
            targetRef: {name: g, sectionName: ""}                    | spec.targetRef.sectionName
            publicHost: mcp.example.com                              | spec.targetRef: Required value
            """)
    void extensionIsRefused(String spec, String text) {
        refused("MCPGatewayExtension", spec, text);
    }

    @ParameterizedTest(name = "refused virtual server {0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tools: []                | spec.tools in body should have at least 1 items
            description: no tools    | give tools, include or exclude: what the virtual server shows
            include: [{}]            | the rule says nothing
            include: [{namespaces: [A]}] | spec.include[0].namespaces[0]
            overrides: [{name: x}], tools: [a] | spec.overrides[0].tool: Required value
            overrides: [{tool: x, name: a b}], tools: [a] | spec.overrides[0].name
            tools: [""]              | spec.tools[0] in body should be at least 1 chars long
            tools: one               | must be of type array
            tools: [a], protocolVersions: [latest] | supported values: "2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"
            """)
    void virtualServerIsRefused(String spec, String text) {
        refused("MCPVirtualServer", spec, text);
    }

    private static void refused(String kind, String spec, String text) {
        Command.Result result = KUBECTL.attempt("""
                apiVersion: mcp.kagenti.com/v1alpha1
                kind: %s
                metadata: {name: refused, namespace: mcp-test}
                spec: {%s}
                """.formatted(kind, spec), "apply", "--dry-run=server", "-f", "-");

        assertThat(result.exitCode()).as(result.output()).isNotZero();
        assertThat(result.output()).containsIgnoringCase(text);
    }
}
