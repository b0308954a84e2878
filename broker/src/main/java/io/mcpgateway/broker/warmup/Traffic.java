package io.mcpgateway.broker.warmup;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.extproc.played.PlayedEnvoy;
import io.mcpgateway.broker.extproc.played.Verdict;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.transport.IncomingResponse;
import io.mcpgateway.broker.transport.ServerTransport;
import io.mcpgateway.broker.warmup.Messages.Request;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One client after the other, each with a bit of everything. */
final class Traffic {
    private static final int CALLS_AT_ONCE = 8;
    private static final int LEGACY_CALLS = 12;
    private static final int MODERN_CALLS = 4;
    private static final int EMBEDDED_CALLS = 20;
    private static final RawJson ANSWER = JsonRpcText.result(new JsonRpcId("7"), MadeUpGateway.RESULT);
    private static final RawJson EVENTS = MadeUpGateway.events(ANSWER);

    private final long end;
    private final PlayedEnvoy envoy;
    private final ServerTransport http;
    private final URI broker;
    private final Optional<URI> embedded;

    /**
     * Traffic to these.
     *
     * @param broker the URL of the broker's own listener
     * @param embedded the URL of the built-in gateway, if that is used
     * @param end by {@link System#nanoTime}
     */
    Traffic(PlayedEnvoy envoy, ServerTransport http, URI broker, Optional<URI> embedded, long end) {
        this.end = end;
        this.envoy = envoy;
        this.http = http;
        this.broker = broker;
        this.embedded = embedded;
    }

    /** In the middle of a round. */
    static final class TimeIsUp extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /**
     * One session and what a modern client does meanwhile.
     *
     * @throws IllegalStateException if an answer is not what it has to be
     */
    void round() throws IOException, InterruptedException, TimeIsUp {
        Optional<String> session = passed(Messages.legacy("POST", Optional.empty(), Messages.INITIALIZE));
        if (session.isEmpty()) {
            throw new IllegalStateException("initialize gave no session");
        }
        passed(Messages.legacy("POST", session, Messages.INITIALIZED));
        passed(Messages.legacy("POST", session, Messages.legacyMessage("tools/list")));
        calls(session);
        answers(session);
        passed(Messages.legacy("POST", session, Messages.legacyMessage("ping")));
        passed(Messages.modernMessage("server/discover"));
        passed(Messages.modernMessage("tools/list"));
        passed(Messages.shortList());
        refusals(session);
        // Between the eras, both ways.
        passed(Messages.legacy("POST", session, Messages.legacyCall(MadeUpServers.MODERN_TOOL + 0)));
        passed(Messages.modernCall(MadeUpServers.LEGACY_TOOL + 0));
        passed(Messages.legacy("DELETE", session, Messages.NO_BODY));
        if (embedded.isPresent()) {
            throughEmbedded(embedded.get());
        }
    }

    private void calls(Optional<String> session) throws InterruptedException, TimeIsUp {
        for (int batch = 0; batch < LEGACY_CALLS + MODERN_CALLS; batch++) {
            List<CompletableFuture<Verdict>> asked = new ArrayList<>(CALLS_AT_ONCE);
            for (int i = 0; i < CALLS_AT_ONCE; i++) {
                String number = Integer.toString((batch + i) % MadeUpServers.TOOLS);
                Request call = batch < LEGACY_CALLS
                        ? Messages.legacy("POST", session, Messages.legacyCall(MadeUpServers.LEGACY_TOOL + number))
                        : Messages.modernCall(MadeUpServers.MODERN_TOOL + number);
                asked.add(envoy.ask(call.head(), call.body()));
            }
            for (CompletableFuture<Verdict> each : asked) {
                passed(replied(each));
            }
        }
    }

    /** Of answers, event streams in sessions are read, and JSON for modern clients. */
    private void answers(Optional<String> session) throws InterruptedException, TimeIsUp {
        Request legacy = Messages.legacy("POST", session, Messages.legacyCall(MadeUpServers.LEGACY_TOOL + 0));
        Request modern = Messages.modernCall(MadeUpServers.MODERN_TOOL + 0);
        for (int i = 0; i < CALLS_AT_ONCE; i++) {
            Verdict.Note inSession = passed(asked(legacy)).note();
            Verdict.Note alone = passed(asked(modern)).note();
            replied(envoy.answered(inSession, 200, MediaTypes.EVENT_STREAM, EVENTS));
            replied(envoy.answered(alone, 200, MediaTypes.JSON, ANSWER));
        }
    }

    private void refusals(Optional<String> session) throws InterruptedException, TimeIsUp {
        refused(Messages.legacy("POST", session, Messages.legacyCall("nobody_has_this")));
        refused(Messages.legacy("POST", Optional.of("not-a-session"), Messages.legacyCall(MadeUpServers.LEGACY_TOOL)));
        refused(Messages.legacy("POST", session, RawJson.of("{\"jsonrpc\":\"2.0\",")));
    }

    private void throughEmbedded(URI gateway) throws IOException, InterruptedException, TimeIsUp {
        Optional<String> session =
                sent(gateway, Messages.legacy("POST", Optional.empty(), Messages.INITIALIZE), Map.of());
        sent(gateway, Messages.legacy("POST", session, Messages.INITIALIZED), Map.of());
        sent(gateway, Messages.legacy("POST", session, Messages.legacyMessage("tools/list")), Map.of());
        for (int i = 0; i < EMBEDDED_CALLS; i++) {
            sent(
                    gateway,
                    Messages.legacy("POST", session, Messages.legacyCall(MadeUpServers.LEGACY_TOOL + 0)),
                    Map.of());
        }
        sent(gateway, Messages.modernCall(MadeUpServers.MODERN_TOOL + 0), Map.of());
        sent(gateway, Messages.legacy("DELETE", session, Messages.NO_BODY), Map.of());
    }

    /** Sends a request that the router lets pass, and the broker answers; returns the session that the answer names. */
    private Optional<String> passed(Request request) throws IOException, InterruptedException, TimeIsUp {
        Verdict.Passed verdict = passed(asked(request));
        return sent(broker, request, verdict.headers());
    }

    private Verdict asked(Request request) throws InterruptedException, TimeIsUp {
        return replied(envoy.ask(request.head(), request.body()));
    }

    private <T> T replied(CompletableFuture<T> reply) throws InterruptedException, TimeIsUp {
        try {
            return reply.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException tooLate) {
            throw new TimeIsUp();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("the router did not answer", failed.getCause());
        }
    }

    private static Verdict.Passed passed(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed passed -> passed;
            case Verdict.Refused(int status) ->
                throw new IllegalStateException("the router refused a request with " + status);
        };
    }

    private void refused(Request request) throws InterruptedException, TimeIsUp {
        if (!(asked(request) instanceof Verdict.Refused)) {
            throw new IllegalStateException("the router let a bad request pass");
        }
    }

    /** The session that the answer names. */
    private Optional<String> sent(URI url, Request request, Map<String, String> routed)
            throws IOException, InterruptedException, TimeIsUp {
        if (System.nanoTime() - end > 0) {
            throw new TimeIsUp();
        }
        Map<String, List<String>> headers = new HashMap<>();
        request.head()
                .headers()
                .names()
                .forEach(name -> headers.put(name, request.head().headers().all(name)));
        routed.forEach((name, value) -> {
            if (!name.startsWith(":")) {
                headers.put(name, List.of(value));
            }
        });
        Optional<byte[]> body = request.body().length() == 0
                ? Optional.empty()
                : Optional.of(request.body().bytes());
        try (IncomingResponse response =
                http.call(request.head().method(), url, headers, body).send()) {
            response.body().transferTo(OutputStream.nullOutputStream());
            if (response.status() / 100 != 2) {
                throw new IllegalStateException("a request was answered with " + response.status());
            }
            return response.all("mcp-session-id").stream().findFirst();
        }
    }
}
