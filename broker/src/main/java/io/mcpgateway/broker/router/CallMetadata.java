package io.mcpgateway.broker.router;

import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.tasks.TaskSealing;
import java.util.Objects;
import java.util.Optional;

/**
 * What has to be known of a routed message when its response comes back. It travels with the request (Envoy: dynamic
 * metadata), so no per-call state is kept here.
 */
public sealed interface CallMetadata {
    /** Where it went. */
    ServerKey server();

    /** Of the call; none if the message is a reply of the client, or if the id was too long to travel. */
    Optional<JsonRpcId> id();

    /** What client and server speak. */
    Era era();

    /**
     * A message in a session: of a legacy client to a legacy server.
     *
     * @param clientToken the client's session token, put back on the response
     * @param onlyJson whether the client takes no event stream
     */
    record InSession(
            String clientToken,
            GatewaySessionId session,
            ServerKey server,
            ServerSession serverSession,
            Optional<JsonRpcId> id,
            boolean onlyJson)
            implements CallMetadata {
        public InSession {
            Objects.requireNonNull(clientToken, "clientToken");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(serverSession, "serverSession");
            Objects.requireNonNull(id, "id");
        }

        /** Of a client's reply to a server. */
        public InSession(String clientToken, GatewaySessionId session, ServerKey server, ServerSession serverSession) {
            this(clientToken, session, server, serverSession, Optional.empty());
        }

        /** Of a call whose client takes the answer in any form. */
        public InSession(
                String clientToken,
                GatewaySessionId session,
                ServerKey server,
                ServerSession serverSession,
                Optional<JsonRpcId> id) {
            this(clientToken, session, server, serverSession, id, false);
        }

        @Override
        public Era era() {
            return new Era.Legacy(serverSession.protocolVersion());
        }

        @Override
        public String toString() {
            return "InSession[" + session + ", " + server.value() + "]";
        }
    }

    /**
     * A call of a modern client to a modern server, neither of which knows sessions.
     *
     * @param state with what to seal a {@code requestState} in the answer, if there may be one
     * @param tasks how to seal the ID of a task in the answer, if there may be one
     */
    record Sessionless(
            ServerKey server,
            Era.Modern era,
            Optional<JsonRpcId> id,
            Optional<StateBinding> state,
            Optional<TaskSealing> tasks)
            implements CallMetadata {
        /** Of a call whose answer passes as it is. */
        public Sessionless(ServerKey server, Era.Modern era, Optional<JsonRpcId> id) {
            this(server, era, id, Optional.empty());
        }

        /** Of a call that does not become a task. */
        public Sessionless(ServerKey server, Era.Modern era, Optional<JsonRpcId> id, Optional<StateBinding> state) {
            this(server, era, id, state, Optional.empty());
        }

        /** Whether the answer passes as it is. */
        public boolean passes() {
            return state.isEmpty() && tasks.isEmpty();
        }

        public Sessionless {
            Objects.requireNonNull(state, "state");
            Objects.requireNonNull(tasks, "tasks");
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(era, "era");
            Objects.requireNonNull(id, "id");
        }
    }
}
