package io.mcpgateway.broker.listing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.definition.CheckedDefinition;
import io.mcpgateway.broker.definition.DefinitionCheck;
import io.mcpgateway.broker.definition.Finding;
import io.mcpgateway.broker.definition.ParamHeaders;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the results of list methods (MCP 2025-11-25 and 2026-07-28, "Tools", "Prompts", "Resources") and keeps every item byte for
 * byte, less what {@link DefinitionCheck} cuts out. An item that cannot be served is reported and left out; the others of
 * its page are not affected.
 */
public final class ListParser {
    private final CapabilityKind kind;
    private final boolean modern;
    private final byte[] json;
    private final List<Definition> items = new ArrayList<>();
    private final List<InvalidDefinition> invalid = new ArrayList<>();
    private final List<MendedDefinition> mended = new ArrayList<>();

    private ListParser(CapabilityKind kind, boolean modern, byte[] json) {
        this.kind = kind;
        this.modern = modern;
        this.json = json;
    }

    /** A page of a server that speaks a legacy revision. Never throws. */
    public static ListPage parse(CapabilityKind kind, RawJson result) {
        return parse(kind, result, false);
    }

    /** A page of a server that speaks a modern revision, which says more about tools and about the page. Never throws. */
    public static ListPage parseModern(CapabilityKind kind, RawJson result) {
        return parse(kind, result, true);
    }

    private static ListPage parse(CapabilityKind kind, RawJson result, boolean modern) {
        ListParser reading = new ListParser(kind, modern, result.bytes());
        try (JsonParser parser = JsonSlices.openObject(reading.json)) {
            return reading.page(parser);
        } catch (IOException | ArithmeticException e) {
            return new ListPage.Unreadable("the result of " + kind.listMethod() + " is not readable JSON");
        }
    }

    /** In legacy revisions, servers write an empty {@code nextCursor} for none; in modern ones it is a cursor. */
    private ListPage page(JsonParser parser) throws IOException {
        Optional<String> cursor = Optional.empty();
        CacheHint hint = CacheHint.NONE;
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
                cursor = Optional.of(parser.getText()).filter(text -> modern || !text.isEmpty());
            } else if (modern && member.equals("ttlMs") && value.isNumeric()) {
                hint = hint.withTtlMillis(parser.getValueAsLong());
            } else if (modern && member.equals("cacheScope") && value == JsonToken.VALUE_STRING) {
                hint = hint.withScope(parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        JsonSlices.expectEnd(parser);
        return listed
                ? new ListPage.Items(items, invalid, mended, cursor, hint)
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
                ParamHeaders headers = kind == CapabilityKind.TOOL ? ParamHeaders.of(json) : ParamHeaders.NONE;
                if (modern && !headers.flaws().isEmpty()) {
                    invalid.add(new InvalidDefinition(
                            name,
                            headers.flaws().stream().map(Finding::toString).toList()));
                    return;
                }
                items.add((changes.isEmpty() ? asSent : DefinitionReading.of(kind, json)).definition(json, headers));
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
