package io.mcpgateway.broker.client.call;

import io.mcpgateway.broker.client.EventListener;
import io.mcpgateway.broker.client.EventReader;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.MessageSpans;
import io.mcpgateway.broker.network.Backoff;
import io.mcpgateway.broker.sse.SseEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rest of an answer whose stream has ended before the reply (MCP 2025-11-25, "Sending Messages to the Server" and
 * "Resumability and Redelivery"): servers close the stream of a long call on purpose, and connections break. The call
 * itself is never sent again.
 *
 * @param request the ID that the server knows the call by; a reply to another one is not the call's
 * @param limits of the whole call
 * @param began when the call began, of {@link System#nanoTime()}
 */
public record CallResumption(
        JsonRpcId request, HttpLimits limits, CallListener listener, EventReader.Progress place, long began) {
    private static final Logger log = LoggerFactory.getLogger(CallResumption.class);
    /** Between two attempts, so a server that ends every stream at once is not asked all the time. It may ask for longer ones. */
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    /** In a row. */
    private static final int MAX_FAILURES = 5;

    private static final int FIRST_SERVER_ERROR = 500;
    private static final McpOutcome.Failure REFUSED = new McpOutcome.ProtocolViolation(
            "the event stream ended without a response, and the server does not send the rest");
    private static final McpOutcome.Failure OVER =
            new McpOutcome.Timeout("timed out: the event stream ended without a response");

    public CallResumption {
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(listener, "listener");
        Objects.requireNonNull(place, "place");
    }

    /**
     * How the call ends after all. Blocks until then, and may be interrupted.
     *
     * @param first how the answer to the call itself ended
     * @param connections to the session that the call was made in, within these limits
     */
    public CallOutcome after(CallOutcome first, Function<HttpLimits, McpConnection> connections)
            throws InterruptedException {
        CallOutcome outcome = first;
        int failures = 0;
        for (int attempt = 1; isBroken(outcome) && lastId().isPresent() && failures < MAX_FAILURES; attempt++) {
            Thread.sleep(shorter(longer(place.now().pause(), PAUSES.after(attempt)), left()));
            Duration left = left();
            if (!left.isPositive()) {
                return new CallOutcome.Failed(OVER);
            }
            Rest rest = new Rest();
            ListenOutcome listened = connections.apply(within(left)).follow(lastId(), rest);
            log.debug("rest of an answer asked for: outcome={} opened={}", listened, rest.opened);
            failures = rest.opened ? 0 : failures + 1;
            outcome = rest.outcome(listened);
        }
        return outcome;
    }

    private Optional<String> lastId() {
        return place.now().lastId();
    }

    /** Whether there may be more to read. */
    private static boolean isBroken(CallOutcome outcome) {
        return outcome instanceof CallOutcome.Failed(McpOutcome.Failure failure)
                && (failure instanceof McpOutcome.Unreachable || failure.equals(CallReader.ENDED));
    }

    private Duration left() {
        return limits.exchange().minusNanos(System.nanoTime() - began);
    }

    private HttpLimits within(Duration left) {
        return new HttpLimits(left, left, left, limits.maxResponseBytes(), limits.maxEventBytes());
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static boolean isForNow(int status) {
        return status == 409 || status == 429 || status >= FIRST_SERVER_ERROR;
    }

    /** One further stream. Used by one thread at a time. */
    private final class Rest implements EventListener {
        private boolean opened;
        private @Nullable CallOutcome reply;

        @Override
        public void opened() {
            opened = true;
        }

        @Override
        public void event(SseEvent event) throws InterruptedException {
            if (event.isMessage()) {
                take(RawJson.of(event.data()));
            }
            event.id().ifPresent(place::reached);
        }

        private void take(RawJson message) throws InterruptedException {
            if (!MessageSpans.isReply(message)) {
                listener.message(message);
            } else if (isOurs(message)) {
                reply = new CallOutcome.Replied(200, message);
            } else {
                log.warn("a server sent the reply to another request in the rest of an answer; dropped");
            }
        }

        private boolean isOurs(RawJson message) {
            Optional<String> id = MessageSpans.read(message).id().map(MessageSpans.Span::json);
            return id.equals(Optional.of(request.json()));
        }

        @Override
        public boolean wantsMore() {
            return reply == null;
        }

        @Override
        public void retryAfter(Duration pause) {
            place.retryAfter(pause);
        }

        /** The same failure as before where it may be tried again. */
        CallOutcome outcome(ListenOutcome listened) {
            if (reply != null) {
                return reply;
            }
            return switch (listened) {
                case ListenOutcome.Closed() -> new CallOutcome.Failed(CallReader.ENDED);
                case ListenOutcome.NotOffered() -> new CallOutcome.Failed(REFUSED);
                case ListenOutcome.Failed(McpOutcome.HttpFailure(int status, String _, String _, boolean _)) ->
                    new CallOutcome.Failed(isForNow(status) ? CallReader.ENDED : REFUSED);
                case ListenOutcome.Failed(McpOutcome.Failure failure) -> new CallOutcome.Failed(failure);
            };
        }
    }
}
