package io.mcpgateway.api.contract;

import io.mcpgateway.api.contract.reason.Reason;
import io.mcpgateway.api.contract.reason.ReasonCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The part of {@code /status} about one virtual server.
 *
 * @param name {@code <namespace>/<MCPVirtualServer name>}
 * @param digest of its entry in the configuration that this broker runs ({@link ConfigYaml#digest}); empty from brokers
 *     of earlier versions
 * @param shown how many tools, prompts, resources and resource templates it shows
 * @param unknownTools tools that it names and that this broker does not serve, in the order of the selection
 * @param unmatched what else of it matches nothing, such as {@code include[0]}
 * @param clashes what is not shown under the name that it should have, or not at all, and why
 * @param refused what is shown under a name that model APIs refuse, and why
 */
public record VirtualServerStatus(
        String name,
        String digest,
        ServerStatus.Totals shown,
        List<String> unknownTools,
        List<String> unmatched,
        Names clashes,
        Names refused) {
    /**
     * Items with notes about their names.
     *
     * @param total of all; the list contains only the first ones
     */
    public record Names(int total, List<ServerStatus.DefinitionStatus> first) {
        public static final Names NONE = new Names(0, List.of());

        public Names {
            first = List.copyOf(first);
        }
    }

    public VirtualServerStatus {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(shown, "shown");
        unknownTools = List.copyOf(unknownTools);
        unmatched = List.copyOf(unmatched);
        Objects.requireNonNull(clashes, "clashes");
        Objects.requireNonNull(refused, "refused");
    }

    /** Why something that it should show is not shown, or not under the name that it should have. */
    public List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        int missing = unknownTools.size() + unmatched.size();
        if (missing > 0) {
            reasons.add(new Reason(ReasonCode.NOT_LISTED, missing, "virtual server " + name));
        }
        if (clashes.total() > 0) {
            reasons.add(new Reason(ReasonCode.NAME_CONFLICT, clashes.total(), "virtual server " + name));
        }
        return List.copyOf(reasons);
    }

    /** As brokers of earlier versions report it. */
    public VirtualServerStatus(String name, int tools, List<String> unknownTools) {
        this(name, "", new ServerStatus.Totals(tools, 0, 0, 0), unknownTools, List.of(), Names.NONE, Names.NONE);
    }
}
