package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.translation.ServerAsk;
import java.util.Optional;

/** A call, as the one sees it who listens to its server. */
interface Dialogue {
    /** The client's latest request, which speaks for it. */
    ClientsCall latest();

    /**
     * The server says something.
     *
     * @return the client's request that hears it now; empty while the call is parked, when it is kept for the next one
     */
    Optional<Attendance> hearing(RawJson notice);

    /** The server asks the client; whether the question is taken. */
    boolean asked(ServerAsk ask);

    /** The server does not want the reply any more. */
    void withdrawn(JsonRpcId ask);
}
