package io.mcpgateway.broker.router;

import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.session.GatewaySession;
import java.util.Objects;
import java.util.Optional;

/** What should happen with a request. */
public sealed interface RouteDecision {
    /** A decision that needs nothing more. */
    sealed interface Complete extends RouteDecision {}

    /** A decision whose conclusion takes a moment, above all to know what session there is at the server. */
    sealed interface Pending extends RouteDecision {
        /** Of the request. */
        RequestHead head();
    }

    /** Answer at once. */
    record Reject(Refusal answer) implements Complete {
        public Reject {
            Objects.requireNonNull(answer, "answer");
        }
    }

    /** The broker answers; the body passes unchanged. */
    record ToBroker(HeaderEdits edits) implements Complete {
        public ToBroker {
            Objects.requireNonNull(edits, "edits");
        }
    }

    /**
     * The broker makes the call in the client's place, because its server does not speak the client's era; the body passes
     * unchanged.
     */
    record Bridge(ServerRoute server, HeaderEdits edits) implements Complete {
        public Bridge {
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(edits, "edits");
        }
    }

    /**
     * The broker's own request to a server, allowed by a router token; the body goes on as it came. The shell must
     * still see to it that the token was not used before.
     *
     * @param host the server's hostname
     * @param authorization of the server with this host
     */
    record InitializeServer(String host, HeaderEdits edits, CallAuthorization authorization) implements Complete {
        public InitializeServer {
            Objects.requireNonNull(host, "host");
            Objects.requireNonNull(edits, "edits");
            Objects.requireNonNull(authorization, "authorization");
        }
    }

    /**
     * A message of the client that goes straight to a server: a call, or the reply to a request of the server.
     *
     * @param body the new body, or empty if it passes unchanged
     */
    record Forward(ServerRoute server, HeaderEdits edits, Optional<RawJson> body, CallMetadata metadata)
            implements Complete {
        public Forward {
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(edits, "edits");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(metadata, "metadata");
        }
    }

    /**
     * A call that is allowed and resolved, but needs a server session: obtain one, then ask
     * {@link Router#complete}.
     *
     * @param clientToken the session token that the client sent
     * @param method of a {@linkplain io.mcpgateway.broker.mcp.McpMethod#isCall call}
     * @param name the served name, or the URI, and where it stands in {@code body}
     * @param body the client's body
     * @param cut the part of the body that no server may get
     */
    record CallServer(
            RequestHead head,
            GatewaySession session,
            String clientToken,
            CapabilityRoute route,
            JsonRpcId id,
            String method,
            TextSpan name,
            RawJson body,
            Optional<Splice> cut)
            implements Pending {
        /** The whole body goes on. */
        public CallServer(
                RequestHead head,
                GatewaySession session,
                String clientToken,
                CapabilityRoute route,
                JsonRpcId id,
                String method,
                TextSpan name,
                RawJson body) {
            this(head, session, clientToken, route, id, method, name, body, Optional.empty());
        }

        public CallServer {
            Objects.requireNonNull(cut, "cut");
            Objects.requireNonNull(head, "head");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(clientToken, "clientToken");
            Objects.requireNonNull(route, "route");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(body, "body");
        }

        /** Whether the server is to be spoken to in another era than its client speaks, which all sessions are legacy for. */
        boolean isBetweenEras() {
            return route.server().eras().towards(new Era.Legacy(session.protocolVersion())) instanceof Era.Modern;
        }

        @Override
        public String toString() {
            return "CallServer[" + session.id() + ", " + route + "]";
        }
    }

    /**
     * Everything is decided, but it may only be done once the audit log has the call's line, which takes a moment.
     *
     * @param body the client's body
     */
    record Recorded(RequestHead head, RawJson body, Complete decision) implements Pending {
        public Recorded {
            Objects.requireNonNull(head, "head");
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(decision, "decision");
        }
    }

    /**
     * The client's reply to a request that a server made in this session. If that server's session is still the same,
     * {@link Router#completeReply} sends the reply there.
     *
     * @param clientToken the session token that the client sent
     * @param asked the request that the ID in the reply identifies
     * @param body the client's body
     */
    record AnswerServerRequest(
            RequestHead head,
            GatewaySession session,
            String clientToken,
            ServerRoute server,
            ServerRequestIds.Asked asked,
            RawJson body)
            implements Pending {
        public AnswerServerRequest {
            Objects.requireNonNull(head, "head");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(clientToken, "clientToken");
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(asked, "asked");
            Objects.requireNonNull(body, "body");
        }

        @Override
        public String toString() {
            return "AnswerServerRequest[" + session.id() + ", " + server + "]";
        }
    }
}
