package io.mcpgateway.controller.extension;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mark on a Gateway's listener that an extension uses it: condition MCPGatewayExtension=True, reason Programmed.
 * Entries of the Gateway's status are never added: they belong to the Gateway's controller.
 */
public final class ListenerUse {
    private static final String PREFIX = "listener in use by MCP Gateway: ";

    private ListenerUse() {}

    /**
     * The listeners that the Gateway's status should have; empty when they are as they should be, or the listener has
     * no status yet. The extension's mark is taken off every other listener.
     */
    public static Optional<List<ListenerStatus>> marked(
            Gateway gateway, String listener, ObjectKey extension, ObjectKey envoyFilter, Instant now) {
        Finding mark = Finding.met(ConditionType.LISTENER_IN_USE, Reason.PROGRAMMED, prefix(extension) + envoyFilter);
        return changed(gateway, status -> listener.equals(status.getName()) ? mark : null, extension, now);
    }

    /** The listeners without any mark of the extension; empty when there is none. */
    public static Optional<List<ListenerStatus>> unmarked(Gateway gateway, ObjectKey extension, Instant now) {
        return changed(gateway, _ -> null, extension, now);
    }

    /** The listeners with the marks of these extensions only; empty when there is no other one. */
    public static Optional<List<ListenerStatus>> unmarkedBut(Gateway gateway, Set<ObjectKey> extensions, Instant now) {
        Set<String> prefixes = extensions.stream().map(ListenerUse::prefix).collect(Collectors.toUnmodifiableSet());
        return changed(
                gateway,
                _ -> null,
                message -> message.startsWith(PREFIX) && prefixes.stream().noneMatch(message::startsWith),
                now);
    }

    private interface Marks {
        @Nullable
        Finding on(ListenerStatus status);
    }

    private static Optional<List<ListenerStatus>> changed(
            Gateway gateway, Marks marks, ObjectKey extension, Instant now) {
        String own = prefix(extension);
        return changed(gateway, marks, message -> message.startsWith(own), now);
    }

    /**
     * @param goes which mark goes, by its message, from a listener that is to have none
     */
    private static Optional<List<ListenerStatus>> changed(
            Gateway gateway, Marks marks, Predicate<String> goes, Instant now) {
        List<ListenerStatus> listeners =
                gateway.getStatus() == null || gateway.getStatus().getListeners() == null
                        ? List.of()
                        : gateway.getStatus().getListeners();
        List<ListenerStatus> wanted = new ArrayList<>();
        boolean changed = false;
        for (ListenerStatus status : listeners) {
            List<Condition> before = status.getConditions() == null ? List.of() : status.getConditions();
            Finding mark = marks.on(status);
            List<Condition> after = mark == null
                    ? withoutMark(before, goes)
                    : Conditions.merge(
                            before, List.of(mark), gateway.getMetadata().getGeneration(), now);
            changed |= !after.equals(before);
            wanted.add(
                    after.equals(before)
                            ? status
                            : status.toBuilder().withConditions(after).build());
        }
        return changed ? Optional.of(List.copyOf(wanted)) : Optional.empty();
    }

    private static List<Condition> withoutMark(List<Condition> conditions, Predicate<String> goes) {
        boolean ours = Conditions.find(conditions, ConditionType.LISTENER_IN_USE)
                .map(Condition::getMessage)
                .filter(goes)
                .isPresent();
        return ours ? Conditions.without(conditions, ConditionType.LISTENER_IN_USE) : conditions;
    }

    private static String prefix(ObjectKey extension) {
        return PREFIX + extension + " EnvoyFilter: ";
    }
}
