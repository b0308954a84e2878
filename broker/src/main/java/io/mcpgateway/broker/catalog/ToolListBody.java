package io.mcpgateway.broker.catalog;

import io.mcpgateway.broker.catalog.ToolCatalog.ServedTool;
import io.mcpgateway.broker.mcp.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The {@code result} of {@code tools/list}: one page, ordered by served name. */
public final class ToolListBody {
    private static final byte[] START = "{\"tools\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    private ToolListBody() {}

    /** {@code {"tools":[...]}} with what the view shows; a refused view shows nothing. */
    public static RawJson of(ToolCatalog catalog, ToolView view) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(START);
        boolean first = true;
        for (ServedTool tool : catalog.tools().values()) {
            if (view.shows(tool.name(), tool.route())) {
                if (!first) {
                    out.write(',');
                }
                first = false;
                tool.json().appendTo(out);
            }
        }
        out.writeBytes(END);
        return RawJson.owning(out.toByteArray());
    }
}
