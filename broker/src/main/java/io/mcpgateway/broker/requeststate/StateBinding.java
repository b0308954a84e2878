package io.mcpgateway.broker.requeststate;

import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * For which calls a state is good: those of one caller, by one method, of one item of one server.
 *
 * @param value SHA-256 over all of them, as base64url without padding
 */
public record StateBinding(String value) {
    public StateBinding {
        Objects.requireNonNull(value, "value");
    }

    /**
     * What a state of this call is good for.
     *
     * @param name what the server calls the item
     */
    public static StateBinding of(ServerKey server, CallerBinding caller, McpMethod method, String name) {
        MessageDigest digest = Sha256.fresh();
        for (String part : List.of(server.value(), caller.value(), method.wireName(), name)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return new StateBinding(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
    }
}
