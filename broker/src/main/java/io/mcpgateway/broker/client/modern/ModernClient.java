package io.mcpgateway.broker.client.modern;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.transport.IncomingResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Sends requests to servers that speak a modern revision, over the connections of {@link McpHttpClient}. Interrupting
 * the thread that waits closes the response, which tells the server that the request is cancelled. Safe for several
 * threads.
 */
public final class ModernClient {
    private final McpHttpClient http;

    public ModernClient(McpHttpClient http) {
        this.http = http;
    }

    /**
     * What came back.
     *
     * @param sessionId a session that the server opened, which a server that understands the request does not do
     */
    public record Answered(ModernReply reply, Optional<String> sessionId) {
        public Answered {
            Objects.requireNonNull(reply, "reply");
            Objects.requireNonNull(sessionId, "sessionId");
        }
    }

    /** Sends a request and reads its answer to the response, within the target's exchange limit. */
    public ModernReply exchange(McpTarget target, ModernRequest request, MessageListener listener)
            throws InterruptedException {
        HttpLimits limits = target.limits();
        return post(target, request, limits.exchange(), new ModernReading(request.id(), limits, listener))
                .reply();
    }

    /** The same for a server of which nothing is known yet. */
    public Answered ask(McpTarget target, ModernRequest request) throws InterruptedException {
        HttpLimits limits = target.limits();
        return post(target, request, limits.exchange(), new ModernReading(request.id(), limits, MessageListener.NONE));
    }

    /**
     * Sends {@code subscriptions/listen} and reads the stream to its end, or for the target's longest time of a stream.
     * The listener first gets {@code notifications/subscriptions/acknowledged}.
     *
     * @return a result if the server ended the stream in good order
     */
    public ModernReply listen(McpTarget target, ModernRequest request, MessageListener listener)
            throws InterruptedException {
        HttpLimits limits = target.limits();
        ModernReading reading = ModernReading.ofStream(request.id(), limits, listener);
        return post(target, request, limits.stream(), reading).reply();
    }

    private Answered post(McpTarget target, ModernRequest request, Duration whole, ModernReading reading)
            throws InterruptedException {
        McpHttpClient.Posting posting =
                new McpHttpClient.Posting(request.message(), request.allHeaders(), request.repeatable(), whole);
        return http.post(
                target,
                posting,
                response -> new Answered(reading.read(response), sessionId(response)),
                failure -> new Answered(failed(failure), Optional.empty()));
    }

    private static ModernReply failed(McpOutcome.Failure failure) {
        return new ModernReply.Failed(failure);
    }

    private static Optional<String> sessionId(IncomingResponse response) {
        return response.first(McpHeaders.SESSION_ID).filter(id -> !id.isEmpty());
    }
}
