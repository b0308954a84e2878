package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.api.wire.McpRevisions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads the lists of MCP revisions. In a document that people write, a revision that the gateway does not speak is an
 * error, and so is a virtual server whose clients could use none. In one of the controller's, an unknown revision is one
 * of a newer gateway: it stays in the list, which still limits clients to what it names.
 */
final class VersionsReader {
    static final String MEMBER = "protocolVersions";

    private final List<String> ofGateway;
    private final boolean strict;
    private final List<String> problems;

    /**
     * Reads the list of the document itself.
     *
     * @param strict whether unknown revisions are an error
     * @param problems to which the problems are added
     */
    VersionsReader(JsonNode root, boolean strict, List<String> problems) {
        this.strict = strict;
        this.problems = problems;
        this.ofGateway = read(root, "");
    }

    List<String> ofGateway() {
        return ofGateway;
    }

    /**
     * The list of a virtual server.
     *
     * @param where the start of each message
     */
    List<String> ofVirtualServer(JsonNode entry, String where) {
        List<String> versions = read(entry, where);
        if (strict && !versions.isEmpty() && !ofGateway.isEmpty() && Collections.disjoint(versions, ofGateway)) {
            problems.add(where + "'" + MEMBER + "' (" + String.join(", ", versions) + ") and that of the document ("
                    + String.join(", ", ofGateway) + ") have no revision in common, so no client could use it");
        }
        return versions;
    }

    private List<String> read(JsonNode mapping, String where) {
        JsonNode list = mapping.path(MEMBER);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            problems.add(where + "'" + MEMBER + "' must be a list");
            return List.of();
        }
        List<String> versions = new ArrayList<>();
        for (JsonNode entry : list) {
            String version = entry.isTextual() ? entry.asText() : "";
            if (version.isEmpty() || (strict && !McpRevisions.ALL.contains(version))) {
                problems.add("%severy entry of '%s' must be one of %s, not %s"
                        .formatted(where, MEMBER, String.join(", ", McpRevisions.ALL), ConfigLists.shown(entry)));
                return List.of();
            }
            if (!versions.contains(version)) {
                versions.add(version);
            }
        }
        return List.copyOf(versions);
    }
}
