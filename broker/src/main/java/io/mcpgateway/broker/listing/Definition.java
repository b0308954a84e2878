package io.mcpgateway.broker.listing;

import io.mcpgateway.broker.definition.ParamHeaders;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import java.util.Objects;

/**
 * One item of a list as its server sent it.
 *
 * @param json the whole object, byte for byte
 * @param key the item's own name, URI or URI template, and where it stands in {@code json}
 * @param hints of a tool; of other kinds unspecified
 * @param paramHeaders which arguments of a tool are sent as headers too; of other kinds none
 */
public record Definition(RawJson json, TextSpan key, ToolHints hints, ParamHeaders paramHeaders) {
    public Definition {
        Objects.requireNonNull(json, "json");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(hints, "hints");
        Objects.requireNonNull(paramHeaders, "paramHeaders");
    }
}
