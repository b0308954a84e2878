package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** What a server declared in its answer to {@code initialize} or {@code server/discover}, as far as the gateway reads it. */
public record ServerCapabilities(Set<Capability> declared) {
    public static final ServerCapabilities NONE = new ServerCapabilities(Set.of());

    public ServerCapabilities {
        declared = Set.copyOf(declared);
    }

    /** Of the paths that {@code capabilities} holds; those that the gateway does not know mean nothing. */
    public static ServerCapabilities ofPaths(Collection<String> paths) {
        Set<Capability> declared = EnumSet.noneOf(Capability.class);
        for (Capability capability : Capability.values()) {
            if (paths.contains(capability.path())) {
                declared.add(capability);
            }
        }
        return new ServerCapabilities(declared);
    }

    /** Of the {@code capabilities} whose opening brace the parser stands on; leaves it on the closing one. */
    public static ServerCapabilities read(JsonParser parser) throws IOException {
        Set<String> paths = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                paths.add(name);
                trueMembers(parser).forEach(member -> paths.add(name + "." + member));
            } else {
                parser.skipChildren();
            }
        }
        return ofPaths(paths);
    }

    private static Set<String> trueMembers(JsonParser parser) throws IOException {
        Set<String> members = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_TRUE) {
                members.add(name);
            }
            parser.skipChildren();
        }
        return members;
    }

    public boolean has(Capability capability) {
        return declared.contains(capability);
    }
}
