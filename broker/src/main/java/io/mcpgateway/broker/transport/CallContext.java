package io.mcpgateway.broker.transport;

import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Which connection carries a call; the library does not say. */
final class CallContext extends HttpClientContext {
    private volatile @Nullable ServerConnection connection;

    /** Sets the connection of calls that have a {@link CallContext}. */
    static HttpRequestExecutor executor() {
        return new HttpRequestExecutor() {
            @Override
            public ClassicHttpResponse execute(
                    ClassicHttpRequest request,
                    HttpClientConnection connection,
                    @Nullable HttpResponseInformationCallback information,
                    HttpContext context)
                    throws IOException, HttpException {
                if (context instanceof CallContext call && connection instanceof ServerConnection server) {
                    call.connection = server;
                }
                return super.execute(request, connection, information, context);
            }
        };
    }

    /** Whether the call was on a connection, so that it cannot have failed for the lack of one. */
    boolean isCarried() {
        return connection != null;
    }

    /** Reading the rest of the response waits no longer than this for the next piece. */
    void waitAtMost(Duration longest) throws IOException {
        ServerConnection carrying = connection;
        if (carrying != null) {
            carrying.waitAtMost(longest);
        }
    }
}
