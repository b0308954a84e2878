package io.mcpgateway.broker.router;

import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call as a modern client makes it: what it says in the body, it says in headers too. */
record ModernMessage(String method, Optional<String> name, String params) {
    static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    /** Each message that uses the item; of a template, one that reads an instance that no other template has. */
    static List<ModernMessage> of(CapabilityKind kind, String name) {
        return switch (kind) {
            case TOOL -> List.of(named("tools/call", "name", name));
            case PROMPT -> List.of(named("prompts/get", "name", name), completion("ref/prompt", "name", name));
            case RESOURCE -> List.of(named("resources/read", "uri", name), completion("ref/resource", "uri", name));
            case RESOURCE_TEMPLATE ->
                List.of(
                        named("resources/read", "uri", name.replace("{id}", "7")),
                        completion("ref/resource", "uri", name));
        };
    }

    private static ModernMessage named(String method, String member, String name) {
        return new ModernMessage(method, Optional.of(name), "\"" + member + "\":" + JsonText.quote(name));
    }

    private static ModernMessage completion(String type, String member, String value) {
        return new ModernMessage(
                "completion/complete",
                Optional.empty(),
                "\"ref\":{\"type\":\"" + type + "\",\"" + member + "\":" + JsonText.quote(value) + "}");
    }

    String body() {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":{" + params + "," + META + "}}";
    }

    /** These headers, and those of the message. */
    RequestHeaders headers(RequestHeaders others) {
        Map<String, List<String>> headers = new HashMap<>();
        others.names().forEach(header -> headers.put(header, others.all(header)));
        headers.put("mcp-protocol-version", List.of("2026-07-28"));
        headers.put("mcp-method", List.of(method));
        name.ifPresent(text -> headers.put("mcp-name", List.of(HeaderText.encode(text))));
        return RequestHeaders.of(headers);
    }
}
