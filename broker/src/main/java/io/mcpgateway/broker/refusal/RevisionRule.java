package io.mcpgateway.broker.refusal;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.SessionVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which MCP revision a request may name: the same rule for the router and the broker. {@code initialize} is not judged
 * by it, because its body says what the client wants.
 *
 * <ul>
 *   <li>The same value again, in one line or in several, says what it says once; two different ones are refused.
 *   <li>What is no revision of ours, and no later one, is refused.
 *   <li>In a session the revision that was negotiated counts: clients that could do more name a later one all the same.
 *   <li>Without a session, a later revision is a client that asks without initialize (MCP 2026-07-28). It is told which
 *       revisions there are, and starts over with one of them.
 * </ul>
 */
public final class RevisionRule {
    private RevisionRule() {}

    /** Of a request without a message: GET and DELETE. */
    public static Optional<Refusal> refusal(RequestHeaders headers, SessionVerdict session, ServedRevisions served) {
        return refusal(headers, session, JsonRpcId.NONE, "", Optional.empty(), served);
    }

    /**
     * Of a message; empty if the request may go on.
     *
     * @param id of the request, for the answer
     * @param declared the revision that the message itself names in its {@code _meta}
     * @param served what the gateway allows new clients; a session keeps its revision, whatever that is
     */
    public static Optional<Refusal> refusal(
            RequestHeaders headers,
            SessionVerdict session,
            JsonRpcId id,
            String method,
            Optional<String> declared,
            ServedRevisions served) {
        List<String> named = named(headers);
        if (named.size() > 1) {
            return Optional.of(Refusals.revisionsDiffer(id));
        }
        Optional<String> header = named.isEmpty() || ProtocolVersions.supported(named.getFirst())
                ? Optional.empty()
                : Optional.of(named.getFirst());
        if (header.isPresent() && !ProtocolVersions.later(header.get())) {
            return Optional.of(Refusals.revisionUnknown(id, served));
        }
        if (!(session instanceof SessionVerdict.Missing)) {
            return Optional.empty();
        }
        Optional<String> requested = header.or(() -> declared.filter(version -> !ProtocolVersions.supported(version)));
        return requested.isPresent() || method.equals(McpMethod.DISCOVER.wireName())
                ? Optional.of(RevisionRefusals.ofRequest(id, requested, served))
                : Optional.empty();
    }

    /** The values that differ; usually there is one, in one line. */
    private static List<String> named(RequestHeaders headers) {
        List<String> lines = headers.all(McpHeaders.PROTOCOL_VERSION);
        if (lines.isEmpty() || (lines.size() == 1 && ProtocolVersions.supported(lines.getFirst()))) {
            return lines;
        }
        List<String> values = new ArrayList<>(lines.size());
        for (String line : lines) {
            for (String value : line.split(",", -1)) {
                String version = value.strip();
                if (!values.contains(version)) {
                    values.add(version);
                }
            }
        }
        return values;
    }
}
