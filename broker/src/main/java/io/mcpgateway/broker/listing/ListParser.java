package io.mcpgateway.broker.listing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.definition.CheckedDefinition;
import io.mcpgateway.broker.definition.DefinitionCheck;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the results of list methods (MCP 2025-11-25, "Tools", "Prompts", "Resources") and keeps every item byte for
 * byte, less what {@link DefinitionCheck} cuts out. An item that cannot be served is reported and left out; the others of
 * its page are not affected.
 */
public final class ListParser {
    private final CapabilityKind kind;
    private final byte[] json;
    private final List<Definition> items = new ArrayList<>();
    private final List<InvalidDefinition> invalid = new ArrayList<>();
    private final List<MendedDefinition> mended = new ArrayList<>();

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
                ? new ListPage.Items(items, invalid, mended, cursor)
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
            read(JsonSlices.slice(parser, json), position);
        }
    }

    private void read(RawJson item, int position) throws IOException {
        DefinitionReading asSent = DefinitionReading.of(kind, item);
        String name = asSent.label(position);
        Optional<String> flaw = asSent.flaw();
        if (flaw.isPresent()) {
            invalid.add(new InvalidDefinition(name, flaw.get()));
            return;
        }
        switch (check(item)) {
            case CheckedDefinition.Unfit(List<String> reasons) -> invalid.add(new InvalidDefinition(name, reasons));
            case CheckedDefinition.Fit(RawJson json, List<String> changes) -> {
                items.add((changes.isEmpty() ? asSent : DefinitionReading.of(kind, json)).definition(json));
                if (!changes.isEmpty()) {
                    mended.add(new MendedDefinition(name, changes));
                }
            }
        }
    }

    private CheckedDefinition check(RawJson item) {
        return switch (kind) {
            case TOOL -> DefinitionCheck.tool(item);
            case PROMPT -> DefinitionCheck.prompt(item);
            case RESOURCE -> DefinitionCheck.resource(item);
            case RESOURCE_TEMPLATE -> DefinitionCheck.resourceTemplate(item);
        };
    }
}
