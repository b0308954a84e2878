package io.mcpgateway.controller.doctor.facts;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One real call of a tool, and how long each part of it took.
 *
 * @param url where it was sent
 * @param tool as the client calls it
 * @param requestId of the header {@code x-request-id}, which an Envoy in front may replace
 * @param rpcId of the JSON-RPC message, which nobody replaces before the router
 * @param protocolVersion that client and gateway agreed on, or that was tried last
 * @param tunnelled whether it went to a Pod through a forwarded port, which costs time of its own
 * @param connection a connection to the gateway, made only to measure it
 * @param steps the requests in their order, up to the first that failed; the last is the call if it got that far
 */
public record TracedCall(
        String url,
        String tool,
        String requestId,
        String rpcId,
        String protocolVersion,
        boolean tunnelled,
        Optional<Connection> connection,
        List<Timed> steps) {
    /** The step that is the call itself. */
    public static final String CALL = "tools/call";

    /**
     * A request and its answer.
     *
     * @param first until the head of the answer came
     * @param whole until the answer was complete
     */
    public record Timed(CallReport.Step step, Duration first, Duration whole) {
        public Timed {
            Objects.requireNonNull(step, "step");
            Objects.requireNonNull(first, "first");
            Objects.requireNonNull(whole, "whole");
        }
    }

    /**
     * How long it took to get a connection.
     *
     * @param lookup of the host's name
     * @param connect of TCP
     * @param tls of the handshake, with HTTPS
     */
    public record Connection(Duration lookup, Duration connect, Optional<Duration> tls) {
        public Connection {
            Objects.requireNonNull(lookup, "lookup");
            Objects.requireNonNull(connect, "connect");
            Objects.requireNonNull(tls, "tls");
        }
    }

    public TracedCall {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(tool, "tool");
        Objects.requireNonNull(requestId, "requestId");
        Objects.requireNonNull(rpcId, "rpcId");
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(connection, "connection");
        steps = List.copyOf(steps);
    }

    /** The last step: the call, or what failed before it. */
    public Optional<Timed> last() {
        return steps.isEmpty() ? Optional.empty() : Optional.of(steps.getLast());
    }
}
