package io.mcpgateway.broker.answer;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.Locale;

/**
 * What is known of a server's answer before its body.
 *
 * @param status HTTP status; 0 if there is none to read
 * @param json whether the body is said to be JSON, and so may be a JSON-RPC message
 */
public record ServerAnswer(int status, boolean json) {
    /** Of an answer with these headers. */
    public static ServerAnswer of(int status, RequestHeaders headers) {
        return new ServerAnswer(
                status,
                headers.all(StandardHeaders.CONTENT_TYPE).stream()
                        .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith(MediaTypes.JSON)));
    }
}
