package io.mcpgateway.broker.requeststate;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        return of(parts(server, caller, method, name));
    }

    /**
     * What the ID of a task is good for: requests about it by the same caller. It is never taken for a state, nor the other
     * way round.
     */
    public static StateBinding ofTask(CallerBinding caller) {
        return of(Stream.of("tasks", caller.value())
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    /**
     * What a state of the gateway's own is good for: the same request of the same caller, repeated. It is never taken for
     * one that a server gave, nor the other way round.
     *
     * @param name the served name or the URI
     * @param arguments as the client wrote them
     */
    public static StateBinding ofRepeated(
            ServerKey server, CallerBinding caller, McpMethod method, String name, RawJson arguments) {
        List<byte[]> parts = parts(server, caller, method, name);
        parts.add(arguments.bytes());
        return of(parts);
    }

    private static List<byte[]> parts(ServerKey server, CallerBinding caller, McpMethod method, String name) {
        return Stream.of(server.value(), caller.value(), method.wireName(), name)
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** With the length of each, so no two lists give the same bytes. */
    private static StateBinding of(List<byte[]> parts) {
        MessageDigest digest = Sha256.fresh();
        for (byte[] part : parts) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
            digest.update(part);
        }
        return new StateBinding(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
    }
}
