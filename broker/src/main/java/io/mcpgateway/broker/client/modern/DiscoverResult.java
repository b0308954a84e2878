package io.mcpgateway.broker.client.modern;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a server says about itself in the result of {@code server/discover}.
 *
 * @param supportedVersions as the server lists them, legacy revisions included
 */
public record DiscoverResult(
        List<String> supportedVersions, ServerCapabilities capabilities, Instructions instructions) {
    /** More than there are revisions, and a bound for what ends up in messages. */
    private static final int MAX_VERSIONS = 50;

    public DiscoverResult {
        supportedVersions = List.copyOf(supportedVersions);
        Objects.requireNonNull(capabilities, "capabilities");
        Objects.requireNonNull(instructions, "instructions");
    }

    /** Empty if the result is none of {@code server/discover}: it has no list of versions. */
    public static Optional<DiscoverResult> parse(RawJson result) {
        byte[] json = result.bytes();
        Visiting visiting = new Visiting(json);
        ObjectMembers.End end = ObjectMembers.read(json, visiting);
        return end == ObjectMembers.End.WHOLE && visiting.listed
                ? Optional.of(new DiscoverResult(visiting.versions, visiting.capabilities, visiting.instructions))
                : Optional.empty();
    }

    /** The strings of an array. */
    static List<String> versions(JsonParser parser) throws IOException {
        List<String> versions = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.VALUE_STRING && versions.size() < MAX_VERSIONS) {
                versions.add(parser.getText());
            }
            parser.skipChildren();
        }
        return versions;
    }

    private static final class Visiting implements ObjectMembers.Visitor {
        private final byte[] json;
        private List<String> versions = List.of();
        private boolean listed;
        private ServerCapabilities capabilities = ServerCapabilities.NONE;
        private Instructions instructions = Instructions.NONE;

        Visiting(byte[] json) {
            this.json = json;
        }

        @Override
        public boolean visit(String name, JsonParser value) throws IOException {
            JsonToken token = value.currentToken();
            if (name.equals("supportedVersions") && token == JsonToken.START_ARRAY) {
                versions = DiscoverResult.versions(value);
                listed = true;
            } else if (name.equals("capabilities") && token == JsonToken.START_OBJECT) {
                capabilities = ServerCapabilities.read(value, json);
            } else if (name.equals("instructions") && token == JsonToken.VALUE_STRING) {
                instructions = Instructions.of(value.getText());
            }
            return true;
        }
    }
}
