package io.mcpgateway.broker.bridge;

import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.call.CallListener;
import io.mcpgateway.broker.client.call.CallOutcome;
import io.mcpgateway.broker.client.call.CallReader;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.telemetry.BridgedOutcome;
import io.mcpgateway.broker.translation.LegacyCall.Inputs;
import io.mcpgateway.broker.translation.Question;
import io.mcpgateway.broker.translation.ServerNotice;
import io.mcpgateway.broker.translation.ServerReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call to a modern server, made for a legacy client: as many requests as the server needs to have its questions
 * answered, each of them sent once. Runs on a thread of its own; {@link #cancel} ends it, and the request in progress with
 * it, by which a modern server knows (MCP 2026-07-28, "Transport-Specific Cancellation").
 */
final class BridgedCall implements CallsInProgress.Waiting {
    private static final Logger log = LoggerFactory.getLogger(BridgedCall.class);
    private static final int MAX_ROUNDS = 10;
    /** A server that only wants its state back wants time. */
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** Without a limit of the registration; silence ends a call earlier. */
    private static final Duration LONGEST = Duration.ofSeconds(CallTimeout.MAX_SECONDS);

    private static final int MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

    private final BridgeParts parts;
    private final ClientsCall call;
    private final ClientAnswer answer;
    private final Questions questions;
    private final long end;
    /** Only known to {@link #thread}. */
    private BridgedOutcome outcome = BridgedOutcome.FAILED;

    private final Thread thread = Thread.ofVirtual().name("bridged-call").unstarted(this::run);

    BridgedCall(BridgeParts parts, long number, ClientsCall call, ClientAnswer answer) {
        this.parts = parts;
        this.call = call;
        this.answer = answer;
        this.questions = new Questions(
                answer,
                question -> parts.ids()
                        .issueForBroker(
                                call.session().id(),
                                new JsonRpcId(new QuestionId(parts.inProgress().replica(), number, question).text())));
        this.end = System.nanoTime() + limit().orElse(LONGEST).toNanos();
    }

    void start() {
        thread.start();
    }

    @Override
    public GatewaySessionId session() {
        return call.session().id();
    }

    @Override
    public JsonRpcId id() {
        return call.id();
    }

    @Override
    public boolean replied(int number, RawJson reply) {
        return questions.replied(number, reply);
    }

    @Override
    public void cancel() {
        answer.abandon();
        thread.interrupt();
    }

    private void run() {
        try {
            answer.conclude(answered());
            ended(outcome);
        } catch (InterruptedException cancelled) {
            answer.abandon();
            ended(BridgedOutcome.CANCELLED);
        } catch (RuntimeException bug) {
            log.error("bridged call failed unexpectedly server={}", call.serverName(), bug);
            answer.conclude(failed("internal error"));
            ended(BridgedOutcome.FAILED);
        }
    }

    private void ended(BridgedOutcome how) {
        parts.metrics().called(call.hop(), how);
    }

    private HttpAnswer answered() throws InterruptedException {
        Inputs inputs = Inputs.NONE;
        for (int round = 0; round <= MAX_ROUNDS; round++) {
            Duration left = left();
            if (!left.isPositive()) {
                return HttpAnswer.of(Refusals.timedOut(Optional.of(call.id()), call.era(), call.serverName(), limit()));
            }
            CallOutcome sent = send(inputs, left);
            if (!(sent instanceof CallOutcome.Replied(int status, RawJson reply))) {
                return CallFailures.answer(call, sent);
            }
            switch (ServerReply.of(call.message().method(), reply, call.id(), call.serverName())) {
                case ServerReply.Final(RawJson message, boolean otherRevision) -> {
                    outcome = BridgedOutcome.ANSWERED;
                    if (otherRevision) {
                        parts.doubted().accept(call.server().name());
                    }
                    return HttpAnswer.json(status >= 500 ? status : 200, message);
                }
                case ServerReply.Asking(List<Question> asked, Optional<RawJson> state) -> {
                    switch (inputs(asked)) {
                        case Questions.Result.Failed(String why) -> {
                            return failed(why);
                        }
                        case Questions.Result.Answered(Map<String, RawJson> responses) ->
                            inputs = new Inputs(responses, state);
                    }
                }
            }
        }
        return failed(
                "server " + call.serverName() + " asked for input more than " + MAX_ROUNDS + " times during one call");
    }

    private Questions.Result inputs(List<Question> asked) throws InterruptedException {
        if (asked.isEmpty()) {
            Thread.sleep(PAUSE);
            return new Questions.Result.Answered(Map.of());
        }
        Optional<String> impossible = Questions.impossible(asked, call, answer.takesStream());
        if (impossible.isPresent()) {
            return new Questions.Result.Failed(impossible.get());
        }
        Duration left = left();
        Duration patience = left.compareTo(parts.patience()) < 0 ? left : parts.patience();
        log.debug("server asks its client: server={} questions={}", call.serverName(), asked.size());
        return questions.ask(asked, patience);
    }

    private CallOutcome send(Inputs inputs, Duration left) throws InterruptedException {
        Duration header = limit().isPresent() ? left : parts.patience();
        HttpLimits limits = new HttpLimits(header, left, left, MAX_RESPONSE_BYTES, MAX_RESPONSE_BYTES);
        JsonRpcId id = new JsonRpcId(Long.toString(parts.requests().incrementAndGet()));
        McpTarget target = parts.access()
                .forCall(call.server(), call.headers(), call.session().id(), call.routed(), limits);
        McpHttpClient.Posting posting = new McpHttpClient.Posting(
                call.message().request(id, call.about(), inputs),
                call.message().headers(call.about().protocolVersion()),
                false,
                left);
        CallReader reader = new CallReader(limits, new Listener());
        return parts.access().client().<CallOutcome>post(target, posting, reader::read, CallOutcome.Failed::new);
    }

    private Optional<Duration> limit() {
        return call.server().callTimeout();
    }

    private Duration left() {
        return Duration.ofNanos(end - System.nanoTime());
    }

    private HttpAnswer failed(String why) {
        return HttpAnswer.json(200, ServerReply.failed(call.id(), why));
    }

    /** Called on the thread that reads the server's answer. */
    private final class Listener implements CallListener {
        @Override
        public void opened() {
            answer.open();
        }

        @Override
        public void message(RawJson message) throws InterruptedException {
            Optional<RawJson> notice = ServerNotice.forClient(message);
            if (notice.isPresent()) {
                answer.offer(notice.get());
            }
        }
    }
}
