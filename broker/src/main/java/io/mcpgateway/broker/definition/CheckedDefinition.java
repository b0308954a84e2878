package io.mcpgateway.broker.definition;

import io.mcpgateway.broker.json.RawJson;
import java.util.List;
import java.util.Objects;

/** The result of checking a definition. */
public sealed interface CheckedDefinition {
    /**
     * One that every client can read.
     *
     * @param json the bytes that came, less what was cut out
     * @param mended what was changed, in words
     */
    record Fit(RawJson json, List<String> mended) implements CheckedDefinition {
        public Fit {
            Objects.requireNonNull(json, "json");
            mended = List.copyOf(mended);
        }
    }

    /** One that some client could not read. */
    record Unfit(List<String> reasons) implements CheckedDefinition {
        public Unfit {
            reasons = List.copyOf(reasons);
        }
    }
}
