package io.mcpgateway.broker.hairpin;

import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.client.EventListener;
import io.mcpgateway.broker.client.EventReader;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.ListenOutcome;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RequestOrigin;
import io.mcpgateway.broker.router.ServerMessages;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.sse.EventStreams;
import io.mcpgateway.broker.sse.SseEvent;
import io.mcpgateway.broker.sse.StreamPlace;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of one server session, opened again when it ends, ever more slowly if it ends at once, and where it broke
 * off if the server numbers its events; until it is stopped or the server turns out not to offer it.
 */
final class FollowedStream {
    /** Whose stream it is. */
    interface Reader {
        GatewaySession session();

        /** The headers for policies to check; empty when nobody reads any more. */
        Optional<RequestHeaders> headers();

        /**
         * Takes a message as the server sent it.
         *
         * @param edits what changes in it on its way to the client
         */
        void take(RawJson message, ServerMessages edits) throws InterruptedException;

        /** There will not be another attempt, as the server does not offer the stream or has left. */
        default void over() {}
    }

    private static final Logger log = LoggerFactory.getLogger(FollowedStream.class);
    /** A stream ends with its client's; some servers send its headers with the first event only. */
    private static final Duration LIFE = Duration.ofHours(24);

    private static final HttpLimits LIMITS = new HttpLimits(
            LIFE, Duration.ofSeconds(5), LIFE, EventStreams.MAX_EVENT_BYTES, EventStreams.MAX_EVENT_BYTES);
    private static final Duration LASTING = Duration.ofSeconds(30);

    private final ServerStreams.Parts parts;
    private final Reader reader;
    private final SessionStore.Entry entry;
    private final ServerMessages messages;
    private final CountDownLatch settled = new CountDownLatch(1);
    private final Thread thread;
    private final EventReader.Progress place;
    private volatile boolean gaveUp;

    private FollowedStream(
            ServerStreams.Parts parts, Reader reader, SessionStore.Entry entry, Optional<String> lastEventId) {
        this.parts = parts;
        this.reader = reader;
        this.entry = entry;
        this.place = new EventReader.Progress(new StreamPlace(lastEventId, Duration.ZERO));
        this.messages = new ServerMessages(
                parts.ids(), new RequestOrigin(reader.session().id(), entry.server(), entry.serverSession()));
        this.thread = Thread.ofVirtual().name("server-stream").unstarted(this::run);
    }

    /**
     * Takes over one place in {@code parts.room()}.
     *
     * @param lastEventId where to resume; empty to start from now
     */
    static FollowedStream start(
            ServerStreams.Parts parts, Reader reader, SessionStore.Entry entry, Optional<String> lastEventId) {
        FollowedStream stream = new FollowedStream(parts, reader, entry, lastEventId);
        stream.thread.start();
        return stream;
    }

    void stop() {
        thread.interrupt();
    }

    /** Whether it ended although the server may offer the stream: another attempt may be made. */
    boolean gaveUp() {
        return gaveUp;
    }

    /** Returns when the stream is open, or is known not to come, or after {@code patience}. */
    void awaitOpen(Duration patience) throws InterruptedException {
        if (!settled.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            log.debug(
                    "a server is slow to open its stream: server={}",
                    entry.server().value());
        }
    }

    private void run() {
        try {
            follow();
            reader.over();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            gaveUp = true;
            log.error("stream of a server broke server={}", entry.server().value(), e);
        } finally {
            settled.countDown();
            parts.room().release();
        }
    }

    private void follow() throws InterruptedException {
        int endedEarly = 0;
        while (true) {
            Optional<ServerRoute> server = parts.access().server(entry.server());
            Optional<ClientRequest> client = reader.headers()
                    .map(headers -> new ClientRequest(headers, reader.session().id()));
            if (server.isEmpty() || client.isEmpty()) {
                gaveUp = true;
                return;
            }
            long start = System.nanoTime();
            ListenOutcome outcome = parts.access()
                    .resume(server.get(), entry, client.get(), Map.of(), LIMITS)
                    .follow(place.now().lastId(), new Listener());
            settled.countDown();
            switch (outcome) {
                case ListenOutcome.NotOffered _ -> {
                    log.debug(
                            "server offers no stream server={}", entry.server().value());
                    return;
                }
                case ListenOutcome.Failed(var failure) ->
                    log.debug("stream failed server={} cause={}", entry.server().value(), failure.message());
                case ListenOutcome.Closed _ ->
                    log.debug("stream ended server={}", entry.server().value());
            }
            boolean lasted = System.nanoTime() - start >= LASTING.toNanos();
            endedEarly = lasted ? 0 : endedEarly + 1;
            Thread.sleep(parts.timing().retries().after(endedEarly, place.now().pause()));
        }
    }

    /** Called on the reading thread. */
    private final class Listener implements EventListener {
        @Override
        public void opened() {
            log.debug(
                    "stream opened server={} session={}",
                    entry.server().value(),
                    reader.session().id());
            settled.countDown();
        }

        @Override
        public void event(SseEvent event) throws InterruptedException {
            event.id().ifPresent(place::reached);
            if (event.isMessage()) {
                reader.take(RawJson.of(event.data()), messages);
            }
        }

        @Override
        public void retryAfter(Duration asked) {
            place.retryAfter(asked);
        }
    }
}
