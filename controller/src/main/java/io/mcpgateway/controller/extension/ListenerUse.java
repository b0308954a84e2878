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
import org.jspecify.annotations.Nullable;

/**
 * The mark on a Gateway's listener that an extension uses it: condition MCPGatewayExtension=True, reason Programmed.
 * Entries of the Gateway's status are never added: they belong to the Gateway's controller.
 */
public final class ListenerUse {
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

    private interface Marks {
        @Nullable
        Finding on(ListenerStatus status);
    }

    private static Optional<List<ListenerStatus>> changed(
            Gateway gateway, Marks marks, ObjectKey extension, Instant now) {
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
                    ? withoutMark(before, extension)
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

    private static List<Condition> withoutMark(List<Condition> conditions, ObjectKey extension) {
        boolean ours = Conditions.find(conditions, ConditionType.LISTENER_IN_USE)
                .map(Condition::getMessage)
                .filter(message -> message.startsWith(prefix(extension)))
                .isPresent();
        return ours ? Conditions.without(conditions, ConditionType.LISTENER_IN_USE) : conditions;
    }

    private static String prefix(ObjectKey extension) {
        return "listener in use by MCP Gateway: " + extension + " EnvoyFilter: ";
    }
}
