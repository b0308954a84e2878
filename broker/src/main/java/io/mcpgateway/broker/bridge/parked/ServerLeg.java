package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.bridge.pool.Lease;
import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.client.EventReader;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpConnection;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.call.CallListener;
import io.mcpgateway.broker.client.call.CallOutcome;
import io.mcpgateway.broker.client.call.CallReader;
import io.mcpgateway.broker.client.call.CallResumption;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.telemetry.BridgedOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of one call: a session, one request in it, and what else is said in the session meanwhile. */
final class ServerLeg {
    private static final Logger log = LoggerFactory.getLogger(ServerLeg.class);
    private static final int MAX_RESPONSE_BYTES = 16 * 1024 * 1024;
    private static final int SESSION_LOST = 404;
    /** For the server to hear that the call is cancelled, before the stream is closed. */
    private static final Duration WORD = Duration.ofSeconds(2);

    /** How it ended. */
    sealed interface Ending {
        /** The same as metrics have it. */
        default BridgedOutcome counted() {
            return switch (this) {
                case Sent(CallOutcome.Replied _) -> BridgedOutcome.ANSWERED;
                case Sent _, NoSession _ -> BridgedOutcome.FAILED;
                case NoRoom _ -> BridgedOutcome.REFUSED;
            };
        }

        /** The call was sent. */
        record Sent(CallOutcome outcome) implements Ending {
            public Sent {
                Objects.requireNonNull(outcome, "outcome");
            }
        }

        record NoSession(McpOutcome.Failure failure) implements Ending {
            public NoSession {
                Objects.requireNonNull(failure, "failure");
            }
        }

        /**
         * No room for another session.
         *
         * @param message for the client
         */
        record NoRoom(String message) implements Ending {
            public NoRoom {
                Objects.requireNonNull(message, "message");
            }
        }
    }

    private final ParkedParts parts;
    private final ClientsCall call;
    private volatile @Nullable Lease lease;
    /** Who hears what the server says outside of its answer. */
    private volatile @Nullable CallListener heard;
    /** Of the request that the server works on. */
    private volatile @Nullable JsonRpcId sent;

    ServerLeg(ParkedParts parts, ClientsCall call) {
        this.parts = parts;
        this.call = call;
    }

    /**
     * Makes the call. It is sent once more only if the server does not know the session: then nobody has executed it.
     *
     * @param listener is not called before the session is known
     */
    Ending run(CallListener listener) throws InterruptedException {
        Ending first = attempt(listener);
        if (!isLost(first)) {
            return first;
        }
        drop();
        Ending second = attempt(listener);
        if (isLost(second)) {
            drop();
        }
        return second;
    }

    private Ending attempt(CallListener listener) throws InterruptedException {
        return switch (parts.pool().obtain(call.session(), call.door())) {
            case SessionPool.Obtained.TooMany(String message) -> new Ending.NoRoom(message);
            case SessionPool.Obtained.Failed(McpOutcome.Failure failure) -> new Ending.NoSession(failure);
            case SessionPool.Obtained.Ready(Lease ready) -> {
                lease = ready;
                yield new Ending.Sent(send(ready, listener));
            }
        };
    }

    private CallOutcome send(Lease ready, CallListener listener) throws InterruptedException {
        if (call.logLevel().isPresent() && ready.lowers(call.logLevel().get())) {
            LogLevel level = call.logLevel().get();
            McpOutcome told = connection(ready, call)
                    .request(McpMethod.SET_LOG_LEVEL, RawJson.of("{\"level\":" + JsonText.quote(level.text()) + "}"));
            if (told instanceof McpOutcome.Failure failure) {
                log.debug("log level not set server={} cause={}", call.serverName(), failure.message());
            }
        }
        if (call.features().canBeAsked()) {
            heard = listener;
            ready.hear(listener);
        }
        JsonRpcId id = new JsonRpcId(Long.toString(parts.requests().incrementAndGet()));
        sent = id;
        HttpLimits limits = limits();
        McpHttpClient.Posting posting = new McpHttpClient.Posting(
                call.message().request(id), headers(ready.session()), false, limits.exchange());
        EventReader.Progress place = new EventReader.Progress();
        CallReader reader = new CallReader(limits, listener, place);
        CallResumption rest = new CallResumption(id, limits, listener, place, System.nanoTime());
        CallOutcome outcome = parts.client()
                .<CallOutcome>post(
                        call.door().target(ready.affinity(), limits), posting, reader::read, CallOutcome.Failed::new);
        // Without a session, an event ID says nothing of whose stream it was.
        return ready.session().id().isEmpty()
                ? outcome
                : rest.after(outcome, left -> call.door().connection(ready.affinity(), ready.session(), left));
    }

    private HttpLimits limits() {
        Duration header = call.server().callTimeout().orElse(parts.settings().silence());
        Duration whole = call.server().callTimeout().orElse(parts.settings().longest());
        return new HttpLimits(header, whole, whole, MAX_RESPONSE_BYTES, MAX_RESPONSE_BYTES);
    }

    private static Map<String, String> headers(ServerSession session) {
        Map<String, String> headers = new HashMap<>(2);
        session.id().ifPresent(id -> headers.put(McpHeaders.SESSION_ID, id));
        if (ProtocolVersions.sentAsHeader(session.protocolVersion())) {
            headers.put(McpHeaders.PROTOCOL_VERSION, session.protocolVersion());
        }
        return headers;
    }

    /** MCP 2025-11-25, "Session Management": 404 to a request in a session. */
    private boolean isLost(Ending ending) {
        Lease current = lease;
        return current != null
                && current.session().id().isPresent()
                && ending instanceof Ending.Sent(CallOutcome outcome)
                && switch (outcome) {
                    case CallOutcome.Refused(int status, var _) -> status == SESSION_LOST;
                    case CallOutcome.Replied(int status, var _) -> status == SESSION_LOST;
                    case CallOutcome.Failed _ -> false;
                };
    }

    private void drop() {
        Lease lost = lease;
        if (lost != null) {
            lease = null;
            leave(lost);
            parts.pool().lost(lost);
        }
    }

    private void leave(Lease left) {
        CallListener listener = heard;
        if (listener != null) {
            left.leave(listener);
        }
    }

    /** Sends a reply or a notification in the session, with what the client's latest request allows. */
    McpOutcome tell(ClientsCall by, RawJson message) throws InterruptedException {
        Lease current = lease;
        return current == null
                ? new McpOutcome.SessionLost()
                : connection(current, by).send(message);
    }

    /**
     * Tells the server that nobody wants the answer any more, then closes the stream.
     *
     * @param reader runs {@link #run}
     * @return does it
     */
    Thread cancel(ClientsCall by, String reason, Thread reader) {
        return Thread.ofVirtual().name("legacy-cancel").start(() -> {
            try {
                if (reader.isAlive()) {
                    Thread.ofVirtual().start(() -> tellCancelled(by, reason)).join(WORD);
                }
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            } finally {
                reader.interrupt();
            }
        });
    }

    private void tellCancelled(ClientsCall by, String reason) {
        JsonRpcId id = sent;
        if (id == null) {
            return;
        }
        try {
            tell(
                    by,
                    RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + McpMethod.CANCELLED.wireName()
                            + "\",\"params\":{\"requestId\":" + id.json() + ",\"reason\":" + JsonText.quote(reason)
                            + "}}"));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** The call is over. */
    void close() {
        Lease used = lease;
        if (used != null) {
            lease = null;
            leave(used);
            parts.pool().release(used);
        }
    }

    private static McpConnection connection(Lease lease, ClientsCall by) {
        return by.door().connection(lease.affinity(), lease.session());
    }
}
