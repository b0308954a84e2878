package io.mcpgateway.controller.marks;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.mcpgateway.controller.conditions.ConditionType;
import io.mcpgateway.controller.conditions.Conditions;
import io.mcpgateway.controller.conditions.Finding;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The mark on a Gateway's listener that an extension uses it: condition MCPGatewayExtension=True, reason Programmed.
 * Entries of the Gateway's status are never added: they belong to the Gateway's controller.
 */
public final class ListenerUse {
    private static final String PREFIX = "listener in use by MCP Gateway: ";

    private ListenerUse() {}

    /**
     * The change to the Gateway's status; empty if it is as it should be, or the listener has no status yet. The
     * extension's mark is removed from every other listener.
     */
    public static Optional<ConditionLists> marked(
            Gateway gateway, String listener, ObjectKey extension, ObjectKey envoyFilter, Instant now) {
        String own = prefix(extension);
        Finding mark = Finding.met(ConditionType.LISTENER_IN_USE, Reason.PROGRAMMED, own + envoyFilter);
        return changed(
                gateway,
                (status, before) -> listener.equals(status.getName())
                        ? Conditions.merge(
                                before, List.of(mark), gateway.getMetadata().getGeneration(), now)
                        : without(before, message -> message.startsWith(own)));
    }

    /** The change that removes every mark of the extension from the Gateway; empty if there is none. */
    public static Optional<ConditionLists> unmarked(Gateway gateway, ObjectKey extension) {
        String own = prefix(extension);
        return changed(gateway, (_, before) -> without(before, message -> message.startsWith(own)));
    }

    /** The change that removes the marks of all except these extensions; empty if there is none. */
    public static Optional<ConditionLists> unmarkedBut(Gateway gateway, Set<ObjectKey> extensions) {
        Set<String> prefixes = extensions.stream().map(ListenerUse::prefix).collect(Collectors.toUnmodifiableSet());
        return changed(
                gateway,
                (_, before) -> without(
                        before,
                        message ->
                                message.startsWith(PREFIX) && prefixes.stream().noneMatch(message::startsWith)));
    }

    private static Optional<ConditionLists> changed(
            Gateway gateway, BiFunction<ListenerStatus, List<Condition>, List<Condition>> wanted) {
        return ConditionLists.differing(
                "listeners",
                gateway.getStatus() == null ? null : gateway.getStatus().getListeners(),
                ListenerStatus::getConditions,
                wanted);
    }

    /** @param goes which mark goes, by its message */
    private static List<Condition> without(List<Condition> conditions, Predicate<String> goes) {
        return Conditions.find(conditions, ConditionType.LISTENER_IN_USE)
                        .map(Condition::getMessage)
                        .filter(goes)
                        .isPresent()
                ? Conditions.without(conditions, ConditionType.LISTENER_IN_USE)
                : conditions;
    }

    private static String prefix(ObjectKey extension) {
        return PREFIX + extension + " EnvoyFilter: ";
    }
}
