package io.mcpgateway.broker.client;

import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.network.NameGuard;
import io.mcpgateway.broker.network.TlsFailure;
import io.mcpgateway.broker.transport.OutgoingCall;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in a few stable words why no answer came; the exceptions' own texts hold addresses. */
public final class TransportFailures {
    private static final int MAX_CAUSES = 10;

    private TransportFailures() {}

    public static McpOutcome.Failure of(Throwable thrown, URI url) {
        if (has(thrown, OutgoingCall.NotReachedInTime.class)) {
            return new McpOutcome.Timeout("timed out while connecting");
        }
        if (has(thrown, UnknownHostException.class)) {
            boolean refused = NameGuard.process().refusedLately(url.getHost());
            return new McpOutcome.Unreachable(refused ? AddressRule.refusedName() : "unknown host");
        }
        if (has(thrown, SSLException.class)) {
            return new McpOutcome.Unreachable(TlsFailure.of(thrown), true);
        }
        if (has(thrown, ConnectException.class)) {
            return new McpOutcome.Unreachable("connection refused");
        }
        if (has(thrown, IOException.class)) {
            return new McpOutcome.Unreachable("connection closed by the server");
        }
        return new McpOutcome.Unreachable("request failed: " + thrown.getClass().getSimpleName());
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> type) {
        @Nullable Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (type.isInstance(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
