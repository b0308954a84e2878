package io.mcpgateway.broker.search;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The results of {@code find_tools} (MCP 2025-11-25 and 2026-07-28, "Tools", "Structured Content"): the definitions byte for
 * byte, and the same as text for clients that know no structured content.
 */
public final class FoundTools {
    private static final String NOTHING =
            "No tool fits these words. Try other or fewer words for the action and the thing.";

    private FoundTools() {}

    /** What was found. */
    public static RawJson result(List<Served> tools) {
        RawJson structured = structured(tools);
        ByteArrayOutputStream out = new ByteArrayOutputStream(2 * structured.length() + 200);
        write(out, "{\"content\":[" + text(structured.toString()));
        write(out, (tools.isEmpty() ? "," + text(NOTHING) : "") + "],\"structuredContent\":");
        structured.appendTo(out);
        write(out, "}");
        return RawJson.owning(out.toByteArray());
    }

    /** The arguments were wrong (an error that the model reads, not one of the protocol). */
    public static RawJson mistake(FindToolsCall.Mistake mistake) {
        return RawJson.of("{\"content\":[" + text("find_tools: " + mistake.problem()) + "],\"isError\":true}");
    }

    private static RawJson structured(List<Served> tools) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, "{\"tools\":[");
        for (int i = 0; i < tools.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            tools.get(i).json().appendTo(out);
        }
        write(out, "]}");
        return RawJson.owning(out.toByteArray());
    }

    private static String text(String text) {
        return "{\"type\":\"text\",\"text\":" + JsonText.quote(text) + "}";
    }

    private static void write(ByteArrayOutputStream out, String json) {
        out.writeBytes(json.getBytes(StandardCharsets.UTF_8));
    }
}
