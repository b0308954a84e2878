package io.mcpgateway.broker.status;

import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.broker.authorization.Authorization;

/** Knows what the router would decide about a call, without making it. */
@FunctionalInterface
public interface Rehearsal {
    /**
     * The decision.
     *
     * @param allowed to the caller
     */
    RoutedCall of(RoutedCall.Question question, Authorization allowed);
}
