package io.mcpgateway.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.controller.testing.ObjectYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What somebody reads in a status who does not know the gateway: each message names the object that causes the trouble,
 * and what to do. The messages are those of the golden files, which {@link PlannerGoldenTest} compares with what is
 * computed.
 */
class NewcomerTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");

    /** Case, object, condition, the cause that the message names, the fix that it names. */
    private static final String ROWS = """
            registration/host-taken                    | team-b/evil     | Accepted | HTTPRoute mcp-test/server1 (MCPServerRegistration mcp-test/server1), which is older | give one of the routes another hostname
            registration/host-of-an-older-route        | mcp-test/server1 | Accepted | HTTPRoute team-b/evil (MCPServerRegistration team-b/evil), which is older | give one of the routes another hostname
            registration/host-of-a-bare-route          | mcp-test/server1 | Accepted | HTTPRoute team-b/evil (no MCPServerRegistration) | give one of the routes another hostname
            registration/host-taken-by-a-closer-match  | mcp-test/server1 | Accepted | HTTPRoute team-b/evil (no MCPServerRegistration), which is newer | give one of the routes another hostname
            registration/host-under-a-wildcard         | mcp-test/server1 | Accepted | HTTPRoute team-b/evil (no MCPServerRegistration) covers hostname | narrow the wildcard
            registration/host-shared                   | mcp-test/server1 | Accepted | HTTPRoute team-b/evil (no MCPServerRegistration) shares hostname | give one of the routes another hostname
            registration/route-has-public-host         | mcp-test/server1 | Accepted | the public host of MCPGatewayExtension mcp-system/mcp-gateway | give the server its own hostname
            registration/service-entry-missing         | mcp-test/server1 | Ready    | HTTPRoute mcp-test/server1 (ResolvedRefs=False, BackendNotFound: backend(api.githubcopilot.com) not found) | create a ServiceEntry of Istio for the host of its backendRef
            registration/route-with-unresolved-refs    | mcp-test/server1 | Ready    | HTTPRoute mcp-test/server1 (ResolvedRefs=False | correct its backendRefs and filters
            registration/redirected                    | mcp-test/server1 | Ready    | it redirects to /mcp/ | spec.path is /mcp; change it with kubectl edit mcpserverregistration server1 -n mcp-test
            registration/wrong-path                    | mcp-test/server1 | Ready    | the server answered HTTP 404: is spec.path | spec.path is /mcp; change it with kubectl edit mcpserverregistration server1 -n mcp-test
            registration/refuses-the-revision          | mcp-test/server1 | Ready    | error -32022: Unsupported protocol version, supported: [2026-07-28] | see the log of the server at http://server1.mcp-test.svc.cluster.local:9090/mcp
            registration/unknown-authority             | mcp-test/server1 | Ready    | from a CA that the gateway does not trust | add that CA to spec.caCertSecretRef of the registration
            registration/certificate-of-another-host   | mcp-test/server1 | Ready    | the broker calls http://server1.mcp-test | use a name that the certificate has
            registration/plain-http-on-a-tls-port      | mcp-test/server1 | Ready    | the broker calls http://server1.mcp-test | is it plain HTTP on that port?
            registration/not-mcp                       | mcp-test/server1 | Ready    | is there an MCP server at http://server1.mcp-test | correct spec.path with kubectl edit mcpserverregistration server1 -n mcp-test
            registration/unreachable                   | mcp-test/server1 | Ready    | http://server1.mcp-test.svc.cluster.local:9090/mcp does not answer | check Service mcp-test/server1 and its pods with kubectl get service,endpoints,pods -n mcp-test
            registration/timed-out                     | mcp-test/server1 | Ready    | http://server1.mcp-test.svc.cluster.local:9090/mcp does not answer in time | NetworkPolicies between the broker and it
            registration/unreachable-by-one-replica    | mcp-test/server1 | Ready    | 1 of 2 broker replicas: mcp-gateway-b | check Service mcp-test/server1
            registration/no-credential-set             | mcp-test/server1 | Ready    | the server refuses requests without a credential | no credential is set for it (spec.credentialRef)
            registration/credential-refused            | mcp-test/server1 | Ready    | the credential of Secret mcp-test/api-key since | Secret mcp-test/api-key
            registration/extensions-of-others-not-valid | mcp-test/server1 | Accepted | MCPGatewayExtension mcp-system/mcp-gateway is not valid | correct spec.targetRef.sectionName
            registration/conflict-of-some-names        | mcp-test/server1 | Ready    | greet (kept by mcp-test/older) | give one of the registrations a spec.toolPrefix
            registration/no-replica                    | mcp-test/server1 | Ready    | no broker endpoints available for MCPGatewayExtension mcp-system/mcp-gateway | kubectl get pods -n mcp-system -l app=mcp-gateway
            registration/pinned-and-changed            | mcp-test/server1 | ToolsApproved | greet (description changed | kubectl patch mcpsr server1 -n mcp-test
            """;

    record Row(String name, String object, String condition, String cause, String fix) {
        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            assertThat(cells).as(line).hasSize(5);
            return new Row(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip(), cells[4].strip());
        }

        JsonNode registration() throws IOException {
            return ObjectYaml.documents(Files.readString(ROOT.resolve(name).resolve("out.yaml")))
                    .getFirst()
                    .path("registrations")
                    .path(object);
        }
    }

    static List<Row> rows() {
        return ROWS.lines().map(Row::of).toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theStatusNamesTheCauseAndTheFix(Row row) throws IOException {
        String message = StreamSupport.stream(
                        row.registration().path("conditions").spliterator(), false)
                .filter(condition -> condition.path("type").asText().equals(row.condition()))
                .map(condition -> condition.path("message").asText())
                .findFirst()
                .orElseThrow();

        assertThat(message).contains(row.cause()).contains(row.fix());
    }

    /** A server that starts, or a gateway that does, is no trouble. */
    @Test
    void aHealthyStartWarnsNobody() throws IOException {
        for (String name : List.of("connecting", "no-replica", "prefix-not-there-yet", "becomes-ready", "recovered")) {
            Row row = new Row("registration/" + name, "mcp-test/server1", "Ready", "", "");

            assertThat(row.registration().path("events"))
                    .as(name)
                    .isNotEmpty()
                    .allSatisfy(event -> assertThat(event.asText()).startsWith("NORMAL"));
        }
    }

    /** Whatever the same trouble is called meanwhile. */
    @Test
    void theSameCauseIsNotToldTwice() throws IOException {
        for (String name : List.of("unreachable-as-before", "conflict-told-before", "check-failed-tools-kept")) {
            Row row = new Row("registration/" + name, "mcp-test/server1", "Ready", "", "");

            assertThat(row.registration().path("events")).as(name).isEmpty();
        }
    }
}
