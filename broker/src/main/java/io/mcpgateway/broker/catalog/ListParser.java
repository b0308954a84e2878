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
 * Reads the results of list methods (MCP 2025-11-25, "Tools", "Prompts", "Resources") and keeps every item byte for
 * byte. An item that cannot be served is reported and left out; the others of its page are not affected.
 */
public final class ListParser {
    private final CapabilityKind kind;
    private final byte[] json;
    private final List<Definition> items = new ArrayList<>();
    private final List<InvalidDefinition> invalid = new ArrayList<>();

    private ListParser(CapabilityKind kind, byte[] json) {
        this.kind = kind;
        this.json = json;
    }

    /** Never throws. An empty {@code nextCursor} counts as none, as servers mean it. */
    public static ListPage parse(CapabilityKind kind, RawJson result) {
        ListParser reading = new ListParser(kind, result.bytes());
        try (JsonParser parser = JsonSlices.openObject(reading.json)) {
            return reading.page(parser);
        } catch (IOException | ArithmeticException e) {
            return new ListPage.Unreadable("the result of " + kind.listMethod() + " is not readable JSON");
        }
    }

    private ListPage page(JsonParser parser) throws IOException {
        Optional<String> cursor = Optional.empty();
        boolean listed = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String member = parser.currentName();
            JsonToken value = parser.nextToken();
            if (member.equals(kind.listMember())) {
                if (listed || value != JsonToken.START_ARRAY) {
                    return new ListPage.Unreadable(
                            "the result of " + kind.listMethod() + " needs one array named " + kind.listMember());
                }
                listed = true;
                readItems(parser);
            } else if (member.equals("nextCursor") && value == JsonToken.VALUE_STRING) {
                cursor = Optional.of(parser.getText()).filter(text -> !text.isEmpty());
            } else {
                parser.skipChildren();
            }
        }
        JsonSlices.expectEnd(parser);
        return listed
                ? new ListPage.Items(items, invalid, cursor)
                : new ListPage.Unreadable("the result of " + kind.listMethod() + " has no " + kind.listMember());
    }

    private void readItems(JsonParser parser) throws IOException {
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            position++;
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                invalid.add(new InvalidDefinition(kind.noun() + " " + position, "not an object"));
                continue;
            }
            DefinitionReading reading = new DefinitionReading(kind, JsonSlices.tokenStart(parser));
            reading.read(parser);
            Optional<String> flaw = reading.flaw();
            if (flaw.isPresent()) {
                invalid.add(new InvalidDefinition(reading.label(position), flaw.get()));
            } else {
                items.add(reading.definition(json, JsonSlices.valueEnd(parser)));
            }
        }
    }
}
