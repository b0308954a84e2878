package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.translation.ServerAsk;
import java.util.Optional;

/** A call, as the one sees it who listens to its server. */
interface Dialogue {
    /** The client's latest request, which speaks for it. */
    ClientsCall latest();

    /** The client's request that waits now; empty while the call is parked, or when it is over. */
    Optional<Attendance> waiting();

    /** The server asks the client; whether the question is taken. */
    boolean asked(ServerAsk ask);

    /** The server does not want the reply any more. */
    void withdrawn(JsonRpcId ask);
}
