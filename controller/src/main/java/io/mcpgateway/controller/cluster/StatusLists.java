package io.mcpgateway.controller.cluster;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** Narrows the entries that a status should have down to the conditions that differ from those it has. */
public final class StatusLists {
    private StatusLists() {}

    /** Of a Gateway. The wanted ones are as many as the live ones, in their order. */
    public static ObjectWriter.ConditionLists listeners(List<ListenerStatus> live, List<ListenerStatus> wanted) {
        return differing("listeners", live, wanted, ListenerStatus::getConditions);
    }

    /** Of an HTTPRoute. The wanted ones are as many as the live ones, in their order. */
    public static ObjectWriter.ConditionLists parents(List<RouteParentStatus> live, List<RouteParentStatus> wanted) {
        return differing("parents", live, wanted, RouteParentStatus::getConditions);
    }

    private static <T> ObjectWriter.ConditionLists differing(
            String list, List<T> live, List<T> wanted, Function<T, List<Condition>> conditions) {
        TreeMap<Integer, List<Condition>> changed = new TreeMap<>();
        for (int index = 0; index < wanted.size(); index++) {
            List<Condition> after = conditions.apply(wanted.get(index));
            if (!Objects.equals(conditions.apply(live.get(index)), after)) {
                changed.put(index, after);
            }
        }
        return new ObjectWriter.ConditionLists(list, changed);
    }
}
