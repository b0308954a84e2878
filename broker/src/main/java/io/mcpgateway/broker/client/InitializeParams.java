package io.mcpgateway.broker.client;

import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.translation.Introduction;
import java.util.Objects;
import java.util.Optional;

/**
 * What we declare in {@code initialize}.
 *
 * @param protocolVersion the revision to propose
 * @param clientName ASCII letters, digits and dashes
 * @param features which requests the server may send us
 */
public record InitializeParams(String protocolVersion, String clientName, ClientFeatures features) {
    /** The name by which servers know the gateway where it acts for a client. */
    public static final String GATEWAY = "mcp-gateway";

    private static final ClientFeatures EVERY_FEATURE = ClientFeatures.of(
            RawJson.of("{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{\"tools\":{}},\"roots\":{},\""
                    + McpExtensions.MEMBER + "\":{\"" + McpExtensions.UI + "\":" + McpExtensions.UI_OF_CLIENTS + "}}"));

    public InitializeParams {
        if (!ProtocolVersions.supported(protocolVersion)) {
            throw new IllegalArgumentException("cannot propose protocol version " + protocolVersion);
        }
        Objects.requireNonNull(clientName, "clientName");
        Objects.requireNonNull(features, "features");
    }

    /** Proposes the latest revision and offers no feature. */
    public static InitializeParams latest(String clientName) {
        return new InitializeParams(ProtocolVersions.LATEST, clientName, ClientFeatures.NONE);
    }

    /**
     * Proposes the latest revision and offers every feature, and MCP Apps, so a server shows all that it has for any
     * client. Its requests are declined.
     */
    public static InitializeParams discovery(String clientName) {
        return new InitializeParams(ProtocolVersions.LATEST, clientName, EVERY_FEATURE);
    }

    /** The {@code params} of the request. */
    RawJson json() {
        return RawJson.of("{\"protocolVersion\":" + JsonText.quote(protocolVersion) + ",\"capabilities\":"
                + features.declared() + ",\"clientInfo\":" + clientInfo() + "}");
    }

    /** {@code {"name":"..","version":".."}}. */
    public RawJson clientInfo() {
        return clientInfo(clientName, version());
    }

    /** The same of another program. */
    public static RawJson clientInfo(String name, String version) {
        return RawJson.of("{\"name\":" + JsonText.quote(name) + ",\"version\":" + JsonText.quote(version) + "}");
    }

    /**
     * Says the same to a server that keeps no session.
     *
     * @param revision of the request
     */
    public Introduction introduction(String revision) {
        return new Introduction(revision, clientInfo(), features.declared(), Optional.empty());
    }

    private static String version() {
        String version = InitializeParams.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }
}
