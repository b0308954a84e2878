package io.mcpgateway.broker.tracing;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringArrayKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/** Attributes of spans: those of the semantic conventions for MCP (semantic-conventions-genai 0.1.0), and two of our own. */
final class SpanKeys {
    static final AttributeKey<String> METHOD = stringKey("mcp.method.name");
    static final AttributeKey<String> PROTOCOL_VERSION = stringKey("mcp.protocol.version");
    static final AttributeKey<String> SESSION = stringKey("mcp.session.id");
    static final AttributeKey<String> RESOURCE = stringKey("mcp.resource.uri");
    static final AttributeKey<String> TOOL = stringKey("gen_ai.tool.name");
    static final AttributeKey<String> PROMPT = stringKey("gen_ai.prompt.name");
    static final AttributeKey<String> OPERATION = stringKey("gen_ai.operation.name");
    static final AttributeKey<String> REQUEST_ID = stringKey("jsonrpc.request.id");
    static final AttributeKey<String> RPC_STATUS = stringKey("rpc.response.status_code");
    static final AttributeKey<String> ERROR = stringKey("error.type");
    static final AttributeKey<String> PROTOCOL = stringKey("network.protocol.name");
    static final AttributeKey<String> TRANSPORT = stringKey("network.transport");
    static final AttributeKey<String> SERVER_ADDRESS = stringKey("server.address");
    static final AttributeKey<Long> SERVER_PORT = longKey("server.port");
    static final AttributeKey<Long> HTTP_STATUS = longKey("http.response.status_code");
    /** The request ID that Envoy's access log has, too. */
    static final AttributeKey<List<String>> ENVOY_REQUEST_ID = stringArrayKey("http.request.header.x-request-id");

    /** The registration. */
    static final AttributeKey<String> REGISTRATION = stringKey("mcp_gateway.server.name");

    static final AttributeKey<String> DECISION = stringKey("mcp_gateway.decision");

    private SpanKeys() {}
}
