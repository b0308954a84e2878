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
     * @param hint how long the page may be taken for true, and for whom
     */
    record Items(
            List<Definition> items,
            List<InvalidDefinition> invalid,
            List<MendedDefinition> mended,
            Optional<String> nextCursor,
            CacheHint hint)
            implements ListPage {
        public Items {
            items = List.copyOf(items);
            invalid = List.copyOf(invalid);
            mended = List.copyOf(mended);
            Objects.requireNonNull(nextCursor, "nextCursor");
            Objects.requireNonNull(hint, "hint");
        }
    }

    /** Not a result of the method. */
    record Unreadable(String reason) implements ListPage {
        public Unreadable {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
