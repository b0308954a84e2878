package io.mcpgateway.broker.status;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.url.Chosen;
import io.mcpgateway.broker.url.UrlTable;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the status page shows in addition to {@code /status}: which tools are served, the URLs of virtual servers, and who says it.
 * Pure. What servers say of their tools is theirs, JSON strings as they sent them.
 */
final class PageCatalog {
    /** Longer texts are left out, so that one server does not fill the page's document. */
    static final int MOST_BYTES = 4_000;

    private PageCatalog() {}

    /**
     * The document.
     *
     * @param hostName of the machine or Pod that serves it; may be empty
     * @param calls if tools can be called from the page
     */
    static RawJson of(GatewaySnapshot snapshot, String hostName, Optional<PageCalls> calls) {
        StringBuilder json = new StringBuilder("{\"revision\":").append(snapshot.revision());
        json.append(",\"hostName\":");
        JsonText.appendQuoted(json, hostName);
        calls.ifPresent(offered ->
                json.append(",\"calls\":{\"login\":").append(offered.login()).append('}'));
        json.append(",\"tools\":[");
        String comma = "";
        for (Served tool : snapshot.catalog().of(CapabilityKind.TOOL).values()) {
            json.append(comma);
            append(json, tool);
            comma = ",";
        }
        json.append("],\"virtualServers\":[");
        comma = "";
        for (Map.Entry<String, SortedSet<String>> entry :
                urls(snapshot.table().urls()).entrySet()) {
            json.append(comma).append("{\"name\":");
            JsonText.appendQuoted(json, entry.getKey());
            json.append(",\"urls\":[");
            String between = "";
            for (String url : entry.getValue()) {
                json.append(between);
                JsonText.appendQuoted(json, url);
                between = ",";
            }
            json.append("]}");
            comma = ",";
        }
        return RawJson.of(json.append("]}").toString());
    }

    private static void append(StringBuilder json, Served tool) {
        json.append("{\"name\":");
        JsonText.appendQuoted(json, tool.name());
        json.append(",\"server\":");
        JsonText.appendQuoted(json, tool.route().server().name().value());
        json.append(",\"ownName\":");
        JsonText.appendQuoted(json, tool.route().ownName());
        ObjectSpans.of(tool.json()).ifPresent(object -> {
            appendText(json, tool.json(), object, "title");
            appendText(json, tool.json(), object, "description");
        });
        json.append('}');
    }

    private static void appendText(StringBuilder json, RawJson tool, ObjectSpans object, String member) {
        object.find(member).ifPresent(found -> {
            int bytes = found.end() - found.value();
            if (bytes > MOST_BYTES) {
                json.append(",\"").append(member).append("Bytes\":").append(bytes);
            } else {
                String text =
                        RawJson.of(tool.bytes(), found.value(), found.end()).toString();
                json.append(",\"").append(member).append("\":").append(text);
            }
        });
    }

    /** Of each virtual server: a path is one of the gateway's own host; other hosts come first, without a scheme. */
    private static SortedMap<String, SortedSet<String>> urls(UrlTable table) {
        SortedMap<String, SortedSet<String>> urls = new TreeMap<>();
        collect(table.paths(), "", urls);
        table.hosts().forEach((host, paths) -> collect(paths, host, urls));
        return urls;
    }

    private static void collect(Map<String, Chosen> paths, String host, SortedMap<String, SortedSet<String>> urls) {
        paths.forEach((path, chosen) -> {
            if (chosen instanceof Chosen.VirtualServer(String name)) {
                urls.computeIfAbsent(name, _ -> new TreeSet<>()).add(host + path);
            }
        });
    }
}
