package io.mcpgateway.api.envoy;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * If a broker replica dies before it answers, Envoy asks another one, once. This only applies to requests that brokers
 * answer themselves, and to the router's decision about a call, which is made before anything is sent to the MCP
 * server. A call is never sent to its server twice: it is only retried if no part of it was sent.
 */
public final class SecondTry {
    /** The connection was refused, or broke before the response started. */
    public static final String CONDITIONS = "connect-failure,refused-stream,reset";

    /** Request headers with the same meaning for Envoy's router filter. */
    public static final String CONDITIONS_HEADER = "x-envoy-retry-on";

    public static final String COUNT_HEADER = "x-envoy-max-retries";

    /**
     * Which attempt a request is, 1 for the first, if the virtual host says so, as those of Istio do. Calls that the broker
     * makes in a client's place share its route, but must not be made again.
     */
    public static final String ATTEMPT_HEADER = "x-envoy-attempt-count";

    /** There was no connection, or it broke before the request was sent on it. */
    private static final String NOT_SENT = "connect-failure,refused-stream,reset-before-request";

    /** The number of retries. */
    public static final int COUNT = 1;

    /** How often Envoy looks for another host before it uses the same one again. */
    private static final int HOST_ATTEMPTS = 5;

    private SecondTry() {}

    /** The policy of a route or a gRPC service: both have these members. */
    public static ObjectNode policy() {
        ObjectNode policy = once(CONDITIONS);
        policy.putArray("retry_host_predicate")
                .add(extension(
                        "envoy.retry_host_predicates.previous_hosts",
                        typed("envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate")));
        policy.put("host_selection_retry_max_attempts", HOST_ATTEMPTS);
        return pausing(policy);
    }

    /** The policy of routes to MCP servers. */
    public static ObjectNode ofCalls() {
        return pausing(once(NOT_SENT));
    }

    private static ObjectNode once(String conditions) {
        return object().put("num_retries", COUNT).put("retry_on", conditions);
    }

    private static ObjectNode pausing(ObjectNode policy) {
        policy.putObject("retry_back_off").put("base_interval", "0.025s").put("max_interval", "0.25s");
        return policy;
    }
}
