package io.mcpgateway.broker.pinning;

import io.mcpgateway.api.contract.ConfigHash;
import io.mcpgateway.api.contract.pinning.ToolDigest;
import io.mcpgateway.broker.listing.Definition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The digests by which definitions are told apart, and approved. */
final class Digests {
    private static final int MEMBER_DIGITS = 8;

    /** The members of a tool (MCP 2026-07-28, Tool). All others count as one: their names are the server's own. */
    private static final Set<String> MEMBERS =
            Set.of("title", "description", "inputSchema", "outputSchema", "annotations", "icons", "execution", "_meta");

    private static final String OTHER = "other";

    private Digests() {}

    /**
     * Of one definition, its name included. White space and the order of members make no difference.
     *
     * @param flagged whether it has text that seems to instruct the model
     */
    static ToolDigest of(Definition tool, boolean flagged) {
        SortedMap<String, String> members = CanonicalJson.members(tool.json());
        SortedMap<String, String> parts = new TreeMap<>();
        SortedMap<String, String> others = new TreeMap<>();
        for (Map.Entry<String, String> member : members.entrySet()) {
            if (MEMBERS.contains(member.getKey())) {
                parts.put(member.getKey(), shortened(member.getValue(), MEMBER_DIGITS));
            } else if (!member.getKey().equals("name")) {
                others.put(member.getKey(), member.getValue());
            }
        }
        if (!others.isEmpty()) {
            parts.put(OTHER, shortened(CanonicalJson.object(others), MEMBER_DIGITS));
        }
        return new ToolDigest(
                tool.key().value(),
                shortened(CanonicalJson.object(members), ToolDigest.DIGITS),
                ToolDigest.members(parts),
                flagged);
    }

    /** Of a whole list, in whatever order. */
    static String ofList(List<ToolDigest> tools) {
        String digests = tools.stream().map(ToolDigest::digest).sorted().collect(Collectors.joining("\n"));
        return shortened(digests, ToolDigest.DIGITS);
    }

    private static String shortened(String text, int digits) {
        return ConfigHash.of(text).substring(0, digits);
    }
}
