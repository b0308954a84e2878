package io.mcpgateway.broker.listing;

import io.mcpgateway.broker.mcp.CapabilityKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Everything of one kind that one server lists, of all its pages together. Of items with one key the first is served. */
public record Listing(List<Definition> items, List<InvalidDefinition> invalid, List<MendedDefinition> mended) {
    public static final Listing NONE = new Listing(List.of(), List.of());

    public Listing {
        items = List.copyOf(items);
        invalid = List.copyOf(invalid);
        mended = List.copyOf(mended);
    }

    /** A listing in which everything is served unchanged. */
    public Listing(List<Definition> items, List<InvalidDefinition> invalid) {
        this(items, invalid, List.of());
    }

    public static Listing join(CapabilityKind kind, List<ListPage.Items> pages) {
        List<Definition> items = new ArrayList<>();
        List<InvalidDefinition> invalid = new ArrayList<>();
        List<MendedDefinition> mended = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (ListPage.Items page : pages) {
            invalid.addAll(page.invalid());
            mended.addAll(page.mended());
            for (Definition item : page.items()) {
                if (keys.add(item.key().value())) {
                    items.add(item);
                } else {
                    invalid.add(new InvalidDefinition(
                            item.key().value(),
                            "another " + kind.noun() + " of this server has its " + kind.keyMember()));
                }
            }
        }
        return new Listing(items, invalid, mended);
    }
}
