package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What every request to a modern server says of the client that it is made for, in place of a session (MCP 2026-07-28,
 * {@code _meta}, "Per-request protocol fields").
 *
 * @param clientInfo name and version of a program, a JSON object
 * @param capabilities what the client can be asked for, a JSON object
 * @param logLevel the least severe log message that the client wants; without it, the server sends none
 */
public record Introduction(
        String protocolVersion, RawJson clientInfo, RawJson capabilities, Optional<LogLevel> logLevel) {
    private static final Set<String> ASKED_FOR = Set.of("elicitation", "sampling", "roots");

    public Introduction {
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(clientInfo, "clientInfo");
        Objects.requireNonNull(capabilities, "capabilities");
        Objects.requireNonNull(logLevel, "logLevel");
    }

    /**
     * What a legacy client declares to modern servers: what it declared at initialize.
     *
     * @param canBeAsked whether a question reaches it at all, which takes an event stream
     */
    public static RawJson capabilities(ClientFeatures features, boolean canBeAsked) {
        RawJson declared = features.declared();
        List<Splice> cuts = ObjectSpans.of(declared)
                .map(members -> members.edit(name -> !canBeAsked && ASKED_FOR.contains(name), List.of()))
                .orElse(List.of());
        return cuts.isEmpty() ? declared : Splice.all(cuts, declared);
    }

    /** The object {@code _meta}. */
    public RawJson json() {
        return RawJson.of("{" + String.join(",", members()) + "}");
    }

    /** The members of {@code _meta}, each complete. */
    List<String> members() {
        List<String> members = new ArrayList<>(4);
        members.add(member(McpMeta.PROTOCOL_VERSION, JsonText.quote(protocolVersion)));
        members.add(member(McpMeta.CLIENT_INFO, clientInfo.toString()));
        members.add(member(McpMeta.CLIENT_CAPABILITIES, capabilities.toString()));
        logLevel.ifPresent(level -> members.add(member(McpMeta.LOG_LEVEL, JsonText.quote(level.text()))));
        return members;
    }

    private static String member(String name, String value) {
        return JsonText.quote(name) + ":" + value;
    }
}
