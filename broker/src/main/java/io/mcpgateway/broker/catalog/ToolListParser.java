package io.mcpgateway.broker.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.mcp.JsonSlices;
import io.mcpgateway.broker.mcp.RawJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code tools/list} results (MCP 2025-11-25, "Tools") and keeps every tool object byte for byte. A tool that
 * cannot be served is reported and left out; the others of its page are not affected.
 */
public final class ToolListParser {
    private ToolListParser() {}

    /** Never throws. An empty {@code nextCursor} counts as none, as servers mean it. */
    public static ToolPage parse(RawJson result) {
        byte[] json = result.bytes();
        try (JsonParser parser = JsonSlices.openObject(json)) {
            return page(parser, json);
        } catch (IOException | ArithmeticException e) {
            return new ToolPage.Unreadable("the result of tools/list is not readable JSON");
        }
    }

    private static ToolPage page(JsonParser parser, byte[] json) throws IOException {
        List<ToolDefinition> tools = new ArrayList<>();
        List<InvalidTool> invalid = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        boolean listed = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            if (member.equals("tools")) {
                if (listed || value != JsonToken.START_ARRAY) {
                    return new ToolPage.Unreadable("the result of tools/list needs one array named tools");
                }
                listed = true;
                readTools(parser, json, tools, invalid);
            } else if (member.equals("nextCursor") && value == JsonToken.VALUE_STRING) {
                cursor = Optional.of(parser.getText()).filter(text -> !text.isEmpty());
            } else {
                parser.skipChildren();
            }
        }
        JsonSlices.expectEnd(parser);
        return listed
                ? new ToolPage.Tools(tools, invalid, cursor)
                : new ToolPage.Unreadable("the result of tools/list has no tools");
    }

    private static void readTools(JsonParser parser, byte[] json, List<ToolDefinition> tools, List<InvalidTool> invalid)
            throws IOException {
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            position++;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                invalid.add(new InvalidTool("tool " + position, "not an object"));
                continue;
            }
            ToolReading reading = new ToolReading(JsonSlices.tokenStart(parser));
            reading.read(parser);
            Optional<String> flaw = reading.flaw();
            if (flaw.isPresent()) {
                invalid.add(new InvalidTool(reading.label(position), flaw.get()));
            } else {
                tools.add(reading.definition(json, JsonSlices.valueEnd(parser)));
            }
        }
    }
}
