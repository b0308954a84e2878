package io.mcpgateway.controller.reasons;

import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.ServerStatus.NameConflict;
import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import io.mcpgateway.api.contract.reason.Reason;
import io.mcpgateway.api.contract.reason.ReasonCode;
import io.mcpgateway.api.v1alpha1.reason.ReasonStatus;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Why something is not served, as a status says it: complete counts, and the first of what they concern. Sorted, so that
 * the same truth in another order is no change.
 */
public final class ReasonDetails {
    /** The most reasons of one object. */
    static final int MOST_REASONS = 20;
    /** The most items of one reason. */
    static final int MOST_ITEMS = 10;

    private static final int LONGEST_ITEM = 200;

    private ReasonDetails() {}

    /**
     * What one broker says of a server.
     *
     * <p>A check that failed while the tools are kept is left out: it is repeated twice within seconds, and then
     * either was nothing, or the tools are removed. Refused credentials stay so until somebody renews them.
     */
    public static List<ReasonStatus> of(ServerStatus server) {
        return server.reasons().stream()
                .filter(reason ->
                        !server.ready() || !reason.code().isFailure() || reason.code() == ReasonCode.CREDENTIAL_REFUSED)
                .map(reason -> new ReasonStatus(
                        reason.code().word(),
                        reason.count(),
                        reason.object(),
                        items(reason, server).map(ReasonDetails::shown).toList()))
                .toList();
    }

    /** Those of several brokers: of each reason, the highest count of any, and what all of them name. */
    public static List<ReasonStatus> joined(Collection<ReasonStatus> all) {
        Map<List<String>, ReasonStatus> joined = new LinkedHashMap<>();
        all.forEach(reason -> joined.merge(
                List.of(reason.code(), reason.object()),
                new ReasonStatus(reason.code(), reason.count(), reason.object(), first(reason.items())),
                ReasonDetails::join));
        return joined.values().stream()
                .sorted(Comparator.comparingInt(ReasonDetails::rank).thenComparing(ReasonStatus::object))
                .limit(MOST_REASONS)
                .toList();
    }

    private static ReasonStatus join(ReasonStatus one, ReasonStatus other) {
        return new ReasonStatus(
                one.code(),
                Math.max(one.count(), other.count()),
                one.object(),
                first(Stream.concat(one.items().stream(), other.items().stream())
                        .toList()));
    }

    private static List<String> first(Collection<String> items) {
        return items.stream().distinct().sorted().limit(MOST_ITEMS).toList();
    }

    /** As they are declared: what is about the server itself comes first. */
    private static int rank(ReasonStatus reason) {
        return ReasonCode.parse(reason.code()).map(ReasonCode::ordinal).orElse(Integer.MAX_VALUE);
    }

    private static Stream<String> items(Reason reason, ServerStatus server) {
        return switch (reason.code()) {
            case NAME_CONFLICT ->
                server.conflicts().stream()
                        .filter(conflict -> reason.object().equals("server " + conflict.keptBy()))
                        .map(ReasonDetails::described);
            case INVALID_DEFINITION ->
                Stream.concat(
                        server.invalidTools().stream()
                                .map(tool -> described(NameConflict.TOOL, tool.name(), tool.errors())),
                        server.definitions().leftOut().stream()
                                .map(item -> described(item.kind(), item.name(), item.notes())));
            case QUARANTINED ->
                server.pinning().stream()
                        .map(PinningStatus::unapproved)
                        .flatMap(List::stream)
                        .map(ToolFinding::described)
                        .map(tool -> NameConflict.TOOL + " " + tool);
            default -> Stream.empty();
        };
    }

    private static String described(NameConflict conflict) {
        return conflict.kind() + " " + conflict.name();
    }

    private static String described(String kind, String name, List<String> notes) {
        return "%s %s (%s)".formatted(kind, name, String.join(", ", notes));
    }

    /** Servers choose names and are quoted in notes, so there may be anything in them. */
    private static String shown(String item) {
        String safe = item.replaceAll("\\p{C}", "?");
        return safe.codePointCount(0, safe.length()) <= LONGEST_ITEM
                ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, LONGEST_ITEM)) + "...";
    }
}
