package io.mcpgateway.broker.listing;

import io.mcpgateway.api.contract.selection.ToolSearch;
import io.mcpgateway.broker.json.RawJson;

/** The tool that the gateway itself has where tools are searched. */
public final class FindTools {
    public static final String NAME = ToolSearch.FIND_TOOLS;
    public static final String QUERY = "query";
    public static final String LIMIT = "limit";
    public static final int DEFAULT_LIMIT = 5;
    public static final int MOST = 20;

    /** The most characters of a query. */
    public static final int LONGEST_QUERY = 1_000;

    /**
     * The definition in lists. It does not depend on what can be found, so a list changes only when its own tools do.
     */
    public static final RawJson DEFINITION =
            RawJson.of("""
            {"name":"%s","title":"Find tools","description":"Finds tools by what they do, and returns their definitions. \
            Most tools are not listed: search before you conclude that something cannot be done. \
            Then call the tool that fits by its name, as if it were listed.",\
            "inputSchema":{"type":"object","properties":{\
            "%s":{"type":"string","minLength":1,"maxLength":%d,"description":"A few words for the action, the thing and, if known, the product, \
            such as: create issue github. Other words, if nothing fits."},\
            "%s":{"type":"integer","minimum":1,"maximum":%d,"default":%d,"description":"The most tools to return."}},\
            "required":["%s"],"additionalProperties":false},\
            "outputSchema":{"type":"object","properties":{\
            "tools":{"type":"array","description":"Definitions as in tools/list, the best one first.","items":{"type":"object",\
            "properties":{"name":{"type":"string"},"inputSchema":{"type":"object"}},"required":["name","inputSchema"]}}},\
            "required":["tools"]},\
            "annotations":{"readOnlyHint":true,"idempotentHint":true,"openWorldHint":false}}""".formatted(NAME, QUERY, LONGEST_QUERY, LIMIT, MOST, DEFAULT_LIMIT, QUERY));

    private FindTools() {}
}
