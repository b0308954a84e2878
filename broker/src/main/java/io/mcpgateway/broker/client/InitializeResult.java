package io.mcpgateway.broker.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.Instructions;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.ServerCapabilities;
import java.io.IOException;
import java.util.Optional;

/** Reads the result of {@code initialize}. */
final class InitializeResult {
    private static final int MAX_SHOWN_VERSION = 40;

    private final String version;
    private final ServerCapabilities capabilities;
    private final Instructions instructions;

    private InitializeResult(String version, ServerCapabilities capabilities, Instructions instructions) {
        this.version = version;
        this.capabilities = capabilities;
        this.instructions = instructions;
    }

    /**
     * The session that the result describes.
     *
     * @throws UnacceptableException if it does not describe one that we can use; the message says why
     */
    static McpSession session(Optional<String> id, RawJson result) throws UnacceptableException {
        InitializeResult read;
        try {
            read = read(result.bytes());
        } catch (IOException e) {
            throw new UnacceptableException("the result of initialize is not a JSON object", e);
        }
        if (!ProtocolVersions.supported(read.version)) {
            String shown = read.version.replaceAll("[^A-Za-z0-9._-]", "?");
            throw new UnacceptableException("unsupported protocol version \""
                    + shown.substring(0, Math.min(shown.length(), MAX_SHOWN_VERSION)) + "\"");
        }
        if (id.isPresent() && !visibleAscii(id.get())) {
            throw new UnacceptableException("the session id has characters that MCP does not allow");
        }
        return new McpSession(id, read.version, read.capabilities, read.instructions, result);
    }

    /** Why an initialize result cannot be used. */
    static final class UnacceptableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnacceptableException(String message) {
            super(message);
        }

        UnacceptableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static InitializeResult read(byte[] json) throws IOException {
        String version = "";
        ServerCapabilities capabilities = ServerCapabilities.NONE;
        Instructions instructions = Instructions.NONE;
        try (JsonParser parser = JsonSlices.openObject(json)) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("protocolVersion") && value == JsonToken.VALUE_STRING) {
                    version = parser.getText();
                } else if (name.equals("capabilities") && value == JsonToken.START_OBJECT) {
                    capabilities = ServerCapabilities.read(parser, json);
                } else if (name.equals("instructions") && value == JsonToken.VALUE_STRING) {
                    instructions = Instructions.of(parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
        }
        return new InitializeResult(version, capabilities, instructions);
    }

    private static boolean visibleAscii(String text) {
        return !text.isEmpty() && text.chars().allMatch(character -> character > ' ' && character < 0x7F);
    }
}
