package io.mcpgateway.broker.listing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What one result of a list method says. */
public sealed interface ListPage {
    /**
     * A page that could be read.
     *
     * @param invalid items of the page that cannot be served
     * @param mended items of the page that are served otherwise than they came
     * @param nextCursor what to ask for next; empty after the last page
     */
    record Items(
            List<Definition> items,
            List<InvalidDefinition> invalid,
            List<MendedDefinition> mended,
            Optional<String> nextCursor)
            implements ListPage {
        public Items {
            items = List.copyOf(items);
            invalid = List.copyOf(invalid);
            mended = List.copyOf(mended);
            Objects.requireNonNull(nextCursor, "nextCursor");
        }
    }

    /** Not a result of the method. */
    record Unreadable(String reason) implements ListPage {
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
