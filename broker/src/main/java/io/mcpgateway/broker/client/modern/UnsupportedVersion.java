package io.mcpgateway.broker.client.modern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.wire.JsonRpcCodes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A server's refusal of a revision (MCP 2026-07-28, {@code UnsupportedProtocolVersionError}).
 *
 * @param supported the revisions that the server names
 */
public record UnsupportedVersion(List<String> supported) {
    private static final ObjectMapper TREES = new ObjectMapper();
    /** More than there are revisions. */
    private static final int MAX_VERSIONS = 50;

    public UnsupportedVersion {
        supported = List.copyOf(supported);
    }

    /** Empty if the error is another one, or does not say what the server supports. */
    public static Optional<UnsupportedVersion> of(ModernReply.Refused refused) {
        if (refused.code() != JsonRpcCodes.UNSUPPORTED_REVISION
                || refused.data().isEmpty()) {
            return Optional.empty();
        }
        JsonNode supported;
        try {
            supported = TREES.readTree(refused.data().get().bytes()).path("supported");
        } catch (IOException tooDeep) {
            return Optional.empty();
        }
        return supported.isArray()
                ? Optional.of(new UnsupportedVersion(supported
                        .valueStream()
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue)
                        .limit(MAX_VERSIONS)
                        .toList()))
                : Optional.empty();
    }
}
