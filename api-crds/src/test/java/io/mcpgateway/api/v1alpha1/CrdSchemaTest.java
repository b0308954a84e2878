package io.mcpgateway.api.v1alpha1;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.mcpgateway.api.wire.McpRevisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the written files as a cluster would; what they promise to users is spelled out here once more. */
class CrdSchemaTest {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mcpgatewayextensions   | MCPGatewayExtension   | mcpgatewayextension   | mcpge
            mcpserverregistrations | MCPServerRegistration | mcpserverregistration | mcpsr,mcpsrs,mcpserver
            mcpvirtualservers      | MCPVirtualServer      | mcpvirtualserver      | mcpvs
            """)
    void hasTheNamesThatPeopleType(String plural, String kind, String singular, String shortNames) throws IOException {
        JsonNode spec = crd(plural).path("spec");

        assertThat(spec.at("/names/kind").asText()).isEqualTo(kind);
        assertThat(spec.at("/names/singular").asText()).isEqualTo(singular);
        assertThat(texts(spec.at("/names/shortNames"))).containsExactly(shortNames.split(","));
        assertThat(texts(spec.at("/names/categories"))).containsExactly("mcp");
        assertThat(spec.path("group").asText()).isEqualTo("mcp.kagenti.com");
        assertThat(spec.path("scope").asText()).isEqualTo("Namespaced");
        assertThat(spec.at("/versions/0/name").asText()).isEqualTo("v1alpha1");
        assertThat(spec.at("/versions/0/subresources").has("status")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mcpgatewayextensions   | Ready:string Reason:string Gateway:string Host:string:1 URL:string:1 Age:date
            mcpserverregistrations | Prefix:string Target:string Path:string Ready:string Tools:integer Credentials:string Not Served:integer:1 Authorization:string:1 Protocols:string:1 URL:string:1 Age:date
            mcpvirtualservers      | Ready:string Tools:integer URL:string Age:date
            """)
    void printsTheColumnsInTheDocumentedOrder(String plural, String expected) throws IOException {
        String columns = stream(version(plural).path("additionalPrinterColumns"))
                .map(column -> column.path("name").asText() + ":"
                        + column.path("type").asText()
                        + (column.has("priority")
                                ? ":" + column.path("priority").asText()
                                : ""))
                .collect(joining(" "));

        assertThat(columns).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mcpgatewayextensions   |                        | spec
            mcpgatewayextensions   | spec                   | targetRef
            mcpgatewayextensions   | spec.targetRef         | name
            mcpgatewayextensions   | spec.trustedHeadersKey | secretName
            mcpserverregistrations |                        | spec
            mcpserverregistrations | spec                   | targetRef
            mcpserverregistrations | spec.targetRef         | name
            mcpserverregistrations | spec.credentialRef     | name
            mcpvirtualservers      |                        | spec
            mcpvirtualservers      | spec.overrides[]       | tool
            """)
    void requiresOnlyWhatHasNoDefault(String plural, String path, String required) throws IOException {
        assertThat(texts(at(plural, path == null ? "" : path).path("required"))).containsExactly(required.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mcpgatewayextensions   | spec.targetRef.group            | gateway.networking.k8s.io | gateway.networking.k8s.io
            mcpgatewayextensions   | spec.targetRef.kind             | Gateway                   | Gateway
            mcpgatewayextensions   | spec.httpRouteManagement        | Enabled                   | Disabled,Enabled
            mcpgatewayextensions   | spec.trustedHeadersKey.generate | Disabled                  | Disabled,Enabled
            mcpgatewayextensions   | spec.backendPingIntervalSeconds | 60                        |
            mcpserverregistrations | spec.targetRef.kind             | HTTPRoute                 | HTTPRoute
            mcpserverregistrations | spec.path                       | /mcp                      |
            mcpserverregistrations | spec.credentialRef.key          | token                     |
            mcpserverregistrations | spec.anonymousSessions          | PerCall                   | PerCall,Shared
            mcpserverregistrations | spec.state                      | Enabled                   | Disabled,Enabled
            """)
    void hasTheDocumentedDefaultsAndChoices(String plural, String path, String value, String choices)
            throws IOException {
        JsonNode property = at(plural, path);

        assertThat(property.path("default").asText()).isEqualTo(value);
        assertThat(String.join(",", texts(property.path("enum")))).isEqualTo(choices == null ? "" : choices);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcpgatewayextensions", "mcpvirtualservers"})
    void onlyTakesRevisionsThatTheGatewaySpeaks(String plural) throws IOException {
        assertThat(texts(at(plural, "spec.protocolVersions").at("/items/enum"))).isEqualTo(McpRevisions.ALL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            mcpserverregistrations | spec.toolPrefix          | weather_             | true
            mcpserverregistrations | spec.toolPrefix          | 7-Up_                | true
            mcpserverregistrations | spec.toolPrefix          | my prefix            | false
            mcpserverregistrations | spec.toolPrefix          | _private             | false
            mcpserverregistrations | spec.toolPrefix          | ``                   | false
            mcpserverregistrations | spec.path                | /mcp                 | true
            mcpserverregistrations | spec.path                | /v1/special/mcp?a=b  | true
            mcpserverregistrations | spec.path                | mcp                  | false
            mcpserverregistrations | spec.path                | /a b                 | false
            mcpserverregistrations | spec.path                | /a#b                 | false
            mcpserverregistrations | spec.path                | /a%2Fb               | true
            mcpserverregistrations | spec.path                | /a%2                 | false
            mcpserverregistrations | spec.targetRef.namespace | ``                   | true
            mcpserverregistrations | spec.targetRef.namespace | mcp-test             | true
            mcpserverregistrations | spec.targetRef.namespace | Mcp                  | false
            mcpserverregistrations | spec.approvedTools[]     | 5e2d5baedfd5f38856864176e47369c8 | true
            mcpserverregistrations | spec.approvedTools[]     | 5E2D                 | false
            mcpgatewayextensions   | spec.publicHost          | mcp.example.com      | true
            mcpgatewayextensions   | spec.publicHost          | mcp.example.com:8080 | true
            mcpgatewayextensions   | spec.publicHost          | http://mcp.example.com | false
            mcpgatewayextensions   | spec.publicHost          | mcp.example.com/mcp  | false
            mcpgatewayextensions   | spec.publicHost          | Mcp.example.com      | false
            mcpgatewayextensions   | spec.publicHost          | -mcp.example.com     | false
            mcpgatewayextensions   | spec.privateHost         | gw-istio.gw.svc.cluster.local:8080 | true
            mcpgatewayextensions   | spec.privateHost         | https://gw-istio.gw  | true
            mcpgatewayextensions   | spec.privateHost         | a b                  | false
            mcpgatewayextensions   | spec.privateHost         | x --log-level=debug  | false
            mcpgatewayextensions   | spec.targetRef.sectionName | mcp                | true
            mcpgatewayextensions   | spec.targetRef.sectionName | a/b                | false
            mcpvirtualservers      | spec.overrides[].name       | find_code          | true
            mcpvirtualservers      | spec.overrides[].name       | find code          | false
            """)
    void patternsTakeAndRefuse(String plural, String path, String value, boolean taken) throws IOException {
        assertThat(value.matches(at(plural, path).path("pattern").asText())).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mcpserverregistrations | spec.toolPrefix                 | maxLength | 32
            mcpserverregistrations | spec.targetRef.name             | minLength | 1
            mcpserverregistrations | spec.credentialRef.name         | minLength | 1
            mcpserverregistrations | spec.approvedTools              | maxItems  | 1000
            mcpserverregistrations | spec.callTimeoutSeconds         | minimum   | 1
            mcpserverregistrations | spec.callTimeoutSeconds         | maximum   | 86400
            mcpgatewayextensions   | spec.callTimeoutSeconds         | minimum   | 1
            mcpgatewayextensions   | spec.callTimeoutSeconds         | maximum   | 86400
            mcpgatewayextensions   | spec.targetRef.name             | minLength | 1
            mcpgatewayextensions   | spec.targetRef.sectionName      | minLength | 1
            mcpgatewayextensions   | spec.trustedHeadersKey.secretName | maxLength | 245
            mcpgatewayextensions   | spec.backendPingIntervalSeconds | minimum   | 10
            mcpgatewayextensions   | spec.backendPingIntervalSeconds | maximum   | 7200
            mcpvirtualservers      | spec.tools                      | minItems  | 1
            mcpvirtualservers      | spec.include                    | minItems  | 1
            mcpvirtualservers      | spec.include                    | maxItems  | 32
            mcpvirtualservers      | spec.exclude                    | maxItems  | 32
            mcpvirtualservers      | spec.overrides                  | maxItems  | 256
            mcpvirtualservers      | spec.overrides[].name           | maxLength | 64
            """)
    void hasTheDocumentedLimits(String plural, String path, String limit, int value) throws IOException {
        assertThat(at(plural, path).path(limit).isInt()).isTrue();
        assertThat(at(plural, path).path(limit).asInt()).isEqualTo(value);
    }

    @Test
    void aToolPrefixMayBeAddedButNeitherChangedNorRemoved() throws IOException {
        JsonNode rules = at("mcpserverregistrations", "spec").path("x-kubernetes-validations");

        assertThat(rules).hasSize(2);
        assertThat(rules.at("/1/fieldPath").asText()).isEqualTo(".upstreamAuthorization");
        assertThat(rules.at("/0/rule").asText())
                .isEqualTo(
                        "!has(oldSelf.toolPrefix) || (has(self.toolPrefix) && self.toolPrefix == oldSelf.toolPrefix)");
        assertThat(rules.at("/0/message").asText()).startsWith("toolPrefix is immutable once set");
    }

    @Test
    void aVirtualServerSaysWhatItShowsAndEachRuleSaysSomething() throws IOException {
        JsonNode spec = at("mcpvirtualservers", "spec");

        assertThat(spec.at("/x-kubernetes-validations/0/message").asText())
                .startsWith("give tools, include or exclude");
        for (String list : List.of("include", "exclude")) {
            assertThat(spec.at("/properties/" + list + "/items/x-kubernetes-validations/0/message")
                            .asText())
                    .startsWith("the rule says nothing");
            assertThat(texts(spec.at("/properties/" + list
                            + "/items/properties/registrationSelector/properties/matchExpressions/items/required")))
                    .containsExactly("key", "operator");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcpgatewayextensions", "mcpserverregistrations", "mcpvirtualservers"})
    void conditionsAreAMapByTypeWithTheStandardMembers(String plural) throws IOException {
        JsonNode conditions = at(plural, "status.conditions");

        assertThat(conditions.path("x-kubernetes-list-type").asText()).isEqualTo("map");
        assertThat(texts(conditions.path("x-kubernetes-list-map-keys"))).containsExactly("type");
        assertThat(texts(conditions.at("/items/required")))
                .containsExactly("lastTransitionTime", "message", "reason", "status", "type");
        assertThat(texts(conditions.at("/items/properties/status/enum"))).containsExactly("True", "False", "Unknown");
        assertThat(conditions.at("/items/properties/lastTransitionTime/format").asText())
                .isEqualTo("date-time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcpgatewayextensions", "mcpserverregistrations", "mcpvirtualservers"})
    void everyPropertyIsTypedAndDescribedAndNothingIsPrunedUnseen(String plural) throws IOException {
        List<String> problems = new ArrayList<>();
        walk("", version(plural).at("/schema/openAPIV3Schema"), (path, schema) -> {
            String type = schema.path("type").asText();
            if (!schema.has("description") && !path.equals(".metadata") && !path.endsWith("[]")) {
                problems.add(path + " has no description");
            }
            // An object without properties loses all its members in the API server.
            if (type.equals("object")
                    && !schema.has("properties")
                    && !schema.has("additionalProperties")
                    && !path.equals(".metadata")) {
                problems.add(path + " is an object without properties");
            }
            if (type.equals("integer") && !schema.has("format")) {
                problems.add(path + " is an integer without format");
            }
            if (type.equals("array") && !schema.has("x-kubernetes-list-type")) {
                problems.add(path + " is a list without list type");
            }
            schema.path("x-kubernetes-validations").forEach(rule -> {
                if (rule.path("rule").asText().contains("\\")) {
                    problems.add(path + " has a backslash in a rule, which CEL reads as an escape");
                }
            });
            if (type.isEmpty() || schema.has("x-kubernetes-preserve-unknown-fields")) {
                problems.add(path + " is not typed");
            }
        });

        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mcpserverregistrations | spec.callTimeoutSeconds         | int32
            mcpserverregistrations | status.discoveredTools          | int32
            mcpserverregistrations | status.observedGeneration       | int64
            mcpvirtualservers      | status.toolCount                | int32
            mcpgatewayextensions   | spec.backendPingIntervalSeconds | int32
            """)
    void numbersHaveTheirWidth(String plural, String path, String format) throws IOException {
        assertThat(at(plural, path).path("format").asText()).isEqualTo(format);
    }

    private static void walk(String path, JsonNode schema, BiConsumer<String, JsonNode> visit) {
        visit.accept(path, schema);
        schema.path("properties")
                .properties()
                .forEach(property -> walk(path + "." + property.getKey(), property.getValue(), visit));
        if (schema.has("items")) {
            walk(path + "[]", schema.path("items"), visit);
        }
    }

    private static JsonNode at(String plural, String path) throws IOException {
        JsonNode schema = version(plural).at("/schema/openAPIV3Schema");
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.")) {
            schema = name.endsWith("[]")
                    ? schema.path("properties")
                            .path(name.substring(0, name.length() - 2))
                            .path("items")
                    : schema.path("properties").path(name);
        }
        assertThat(schema.isMissingNode()).as(path).isFalse();
        return schema;
    }

    private static JsonNode version(String plural) throws IOException {
        return crd(plural).at("/spec/versions/0");
    }

    private static JsonNode crd(String plural) throws IOException {
        return YAML.readTree(Files.readString(Path.of("..", "config", "crd", "mcp.kagenti.com_" + plural + ".yaml")));
    }

    private static List<String> texts(JsonNode list) {
        return stream(list).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
