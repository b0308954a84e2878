package io.mcpgateway.api.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Reads and prints config.yaml, the document that the controller gives to the broker:
 *
 * <pre>
 * generatedBy: mcp-gateway-controller   # optional; unknown keys are ignored then
 * servers:
 * - name: ns/registration
 *   url: http://svc.ns.svc.cluster.local:8080/mcp
 *   hostname: server1.mcp.local
 *   toolPrefix: s1_          # "prefix" is read too
 *   credential: Bearer ...   # optional
 *   upstreamAuthorization: None  # optional; Forward: calls have the caller's, Shared: the credential
 *   caCert: |                # optional; PEM
 *     -----BEGIN CERTIFICATE-----
 *   callTimeoutSeconds: 600  # optional; how long a call may take
 *   anonymousSessions: PerCall  # optional; Shared: callers without a credential share sessions
 *   toolPinning: Off         # optional; Observe, Quarantine: definitions of tools have to be approved
 *   approvedTools: ["..."]   # optional; digests of definitions, or of a whole list
 *   state: Enabled           # optional; "enabled: false" is read as Disabled
 * virtualServers:
 * - name: ns/virtual
 *   tools: [s1_greet]
 *   prompts: [s1_review]     # optional; without it every prompt is shown
 *   include:                 # optional, like exclude: rules in addition to names
 *   - servers: [ns/registration]
 *     namespaces: [ns]
 *     tools: ["s1_*"]        # "prompts" and "resources" too
 *     readOnly: true         # "destructive" and "openWorld" too
 *   originalNames: true      # optional
 *   safeNames: true          # optional
 *   overrides:               # optional
 *   - tool: s1_greet
 *     name: greet            # "title", "description" and "annotations" too
 *   protocolVersions: [2026-07-28]  # optional; of those below
 *   path: /mcp/virtual       # optional; another URL than /mcp/ns/virtual
 *   hostname: v.example.com  # optional; a host of its own
 *   toolSearch: On           # optional; On or Off, instead of what the gateway says
 *   pinnedTools: [s1_greet]  # optional; listed in any case
 * protocolVersions: [2025-11-25, 2026-07-28]  # optional; the MCP revisions that clients may use
 * toolSearch: Off            # optional; On: clients see find_tools and pinned tools
 * pinnedTools: []            # optional; for clients that choose no virtual server
 * gatewayCACertPEM: |        # optional
 *   -----BEGIN CERTIFICATE-----
 * </pre>
 *
 * The file of a client is read too ({@link ClientsFile}). In a document with {@code generatedBy}, unknown keys are ignored, so an older broker can run the document of a newer
 * controller. Otherwise they are errors. A document with any problem is refused completely, with a list of all of them.
 */
public final class ConfigYaml {
    /** The result of {@link #parse}. */
    public sealed interface Result {
        record Parsed(BrokerConfig config) implements Result {
            public Parsed {
                Objects.requireNonNull(config, "config");
            }
        }

        /** All problems; each names the entry and the fix, without credentials. */
        record Refused(List<String> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Marks a document that a program wrote, which may be newer than the program that reads it. */
    private static final String GENERATED_BY = "generatedBy";

    private static final int DIGEST_LENGTH = 16;

    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .stringQuotingChecker(new NumbersAreText())
            .build());

    /** Also quotes text that starts like a number: {@code 1e3} would be read as 1000.0. */
    private static final class NumbersAreText extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1L;
        private static final String STARTS = "+-.0123456789";

        @Override
        public boolean needToQuoteValue(String value) {
            return super.needToQuoteValue(value) || (!value.isEmpty() && STARTS.indexOf(value.charAt(0)) >= 0);
        }
    }

    private ConfigYaml() {}

    /** Never throws. An empty document is refused: a half-written file must not remove every server. */
    public static Result parse(String text) {
        JsonNode root;
        try {
            root = YAML.readTree(text);
        } catch (JsonProcessingException problem) {
            return new Result.Refused(List.of("not valid YAML: " + YamlProblem.of(problem)));
        }
        if (root == null || root.isMissingNode() || root.isNull()) {
            return new Result.Refused(List.of("the document is empty; expected at least 'servers: []'"));
        }
        if (!root.isObject()) {
            return new Result.Refused(List.of("expected a mapping with 'servers' and 'virtualServers' at the top"));
        }
        if (ClientsFile.is(root)) {
            List<String> problems = new ArrayList<>();
            Result read = read(ClientsFile.asConfig(root, problems));
            return problems.isEmpty() ? read : new Result.Refused(problems);
        }
        return read(root);
    }

    private static Result read(JsonNode root) {
        ConfigReader reader = new ConfigReader(!root.path(GENERATED_BY).isTextual());
        reader.document(root);
        VersionsReader versions = reader.versions(root);
        List<McpServer> servers = reader.servers(root.path("servers"));
        BrokerConfig config = new BrokerConfig(
                servers,
                reader.virtualServers(root.path("virtualServers"), versions, servers),
                reader.certificates(root, "gatewayCACertPEM", ""),
                versions.ofGateway(),
                reader.toolSearch(root));
        return reader.problems().isEmpty() ? new Result.Parsed(config) : new Result.Refused(reader.problems());
    }

    /** The document, in a fixed order; {@link #parse} returns an equal configuration. */
    public static String print(BrokerConfig config) {
        ObjectNode root = YAML.createObjectNode();
        root.put(GENERATED_BY, ObjectNames.CONTROLLER);
        ArrayNode servers = root.putArray("servers");
        for (McpServer server : config.servers()) {
            ObjectNode node = servers.addObject()
                    .put("name", server.name().value())
                    .put("url", server.url().toString())
                    .put("hostname", server.hostname())
                    .put("toolPrefix", server.toolPrefix());
            server.credential().ifPresent(credential -> node.put("credential", credential.headerValue()));
            if (server.authorization() != UpstreamAuthorization.NONE) {
                node.put("upstreamAuthorization", server.authorization().word());
            }
            server.caCertificates().ifPresent(certificates -> node.put("caCert", certificates.pem()));
            server.callTimeout().ifPresent(limit -> node.put(CallTimeout.MEMBER, limit.toSeconds()));
            if (server.anonymousSessions() != AnonymousSessions.PER_CALL) {
                node.put(AnonymousSessions.MEMBER, server.anonymousSessions().word());
            }
            ToolPinningYaml.print(server.pinning(), node);
            node.put("state", server.enabled() ? "Enabled" : "Disabled");
        }
        ArrayNode virtualServers = root.putArray("virtualServers");
        for (VirtualServer virtualServer : config.virtualServers()) {
            VirtualServerYaml.print(virtualServer, virtualServers.addObject());
        }
        if (!config.protocolVersions().isEmpty()) {
            ArrayNode versions = root.putArray(VersionsReader.MEMBER);
            config.protocolVersions().forEach(versions::add);
        }
        ToolSearchYaml.print(config.toolSearch(), root);
        config.caCertificates().ifPresent(certificates -> root.put("gatewayCACertPEM", certificates.pem()));
        try {
            return YAML.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of strings could not be printed", impossible);
        }
    }

    /** Identifies a virtual server as the document has it: by it, the controller sees which version of it a broker runs. */
    public static String digest(VirtualServer virtualServer) {
        ObjectNode node = YAML.createObjectNode();
        VirtualServerYaml.print(virtualServer, node);
        return ConfigHash.of(node.toString()).substring(0, DIGEST_LENGTH);
    }
}
