package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.bridge.BridgedCalls;
import io.mcpgateway.broker.bridge.ClientAnswer;
import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.endpoint.calls.ModernCallBridge;
import io.mcpgateway.broker.hairpin.ServerAccess;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.limits.CallsUnderWay;
import io.mcpgateway.broker.limits.ParkedCalls;
import io.mcpgateway.broker.mcp.Accept;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.telemetry.BridgeMetrics;
import io.mcpgateway.broker.telemetry.BridgedOutcome;
import io.mcpgateway.broker.translation.InputResponses;
import io.mcpgateway.broker.translation.LegacyReply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of modern clients to servers that are spoken to in a legacy revision. */
public final class LegacyServerCalls implements ModernCallBridge, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LegacyServerCalls.class);
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(1);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    /**
     * What it is made of.
     *
     * @param calls the limits of calls, which count every call in this process
     * @param ids a fresh unguessable id per call
     * @param address where other replicas reach this one, once it is known, if they do
     * @param gateway name and version of the gateway, a JSON object
     * @param doubted hears of servers whose answers show that they speak other revisions now
     */
    public record Parts(
            ServerAccess access,
            SessionPool pool,
            CallsUnderWay calls,
            ParkedCalls places,
            RequestStates states,
            Supplier<String> ids,
            Supplier<Optional<Address>> address,
            RawJson gateway,
            ParkedSettings settings,
            BridgeMetrics metrics,
            Consumer<ServerName> doubted) {
        public Parts {
            Objects.requireNonNull(access, "access");
            Objects.requireNonNull(pool, "pool");
            Objects.requireNonNull(calls, "calls");
            Objects.requireNonNull(places, "places");
            Objects.requireNonNull(states, "states");
            Objects.requireNonNull(ids, "ids");
            Objects.requireNonNull(address, "address");
            Objects.requireNonNull(gateway, "gateway");
            Objects.requireNonNull(settings, "settings");
            Objects.requireNonNull(metrics, "metrics");
            Objects.requireNonNull(doubted, "doubted");
        }
    }

    private final Parts outer;
    private final ParkedParts parts;
    private final Resolution resolution;
    private final OtherReplicas others = new OtherReplicas();
    /** As many as the limits of calls and of parked calls allow. */
    private final ConcurrentMap<String, ParkableCall> inProgress = new ConcurrentHashMap<>();

    private final Thread sweeper = Thread.ofVirtual().name("legacy-sweeper").unstarted(this::sweepOnAndOn);

    private LegacyServerCalls(Parts outer) {
        this.outer = outer;
        this.resolution = new Resolution(outer.access());
        this.parts = ParkedParts.of(outer);
        outer.metrics().watch(outer.places()::count, outer.pool()::size);
    }

    /** Calls whose clients stay away too long are looked for by a thread. */
    public static LegacyServerCalls start(Parts parts) {
        LegacyServerCalls calls = new LegacyServerCalls(parts);
        calls.sweeper.start();
        return calls;
    }

    /** Without that thread: see {@link #sweep}. */
    static LegacyServerCalls unswept(Parts parts) {
        return new LegacyServerCalls(parts);
    }

    private void sweepOnAndOn() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_SWEEPS);
                sweep();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Cancels calls whose clients did not come back, and ends sessions that nobody uses. */
    void sweep() {
        try {
            Instant now = parts.clock().instant();
            inProgress.values().forEach(call -> call.expire(now, BridgedOutcome.TIMED_OUT));
            outer.pool().sweep();
        } catch (RuntimeException bug) {
            log.error("calls in progress could not be looked through", bug);
        }
    }

    /** How many calls there are, those that wait for their clients included. */
    int count() {
        return inProgress.size();
    }

    /** Cancels the calls that wait for their clients, who will find another replica; to be called before the gateway ends. */
    public void drain() {
        await(inProgress.values().stream()
                .flatMap(call -> call.expire(Instant.MAX, BridgedOutcome.STOPPED).stream())
                .toList());
        outer.pool().drain();
    }

    /** Cancels all calls, tells their servers, and ends the sessions. */
    @Override
    public void close() {
        sweeper.interrupt();
        await(inProgress.values().stream().map(ParkableCall::stop).toList());
        outer.pool().close();
        others.close();
    }

    private static void await(List<Thread> words) {
        try {
            for (Thread each : words) {
                each.join(FAREWELL);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void call(HttpExchange exchange, ViewRequest seen, JsonRpcMessage.Request request, RawJson body)
            throws IOException, InterruptedException {
        switch (resolution.of(exchange.headers(), seen, request, body)) {
            case Resolution.Result.Refused(HttpAnswer answer) -> exchange.answer(answer);
            case Resolution.Result.Allowed(ClientsCall call) -> limited(exchange, call);
        }
    }

    private void limited(HttpExchange exchange, ClientsCall call) throws IOException, InterruptedException {
        Optional<String> refusal = outer.calls().begin(call.server().key(), call.serverName());
        if (refusal.isPresent()) {
            parts.metrics().called(call.hop(), BridgedOutcome.REFUSED);
            exchange.answer(Failures.tooMany(call.id(), refusal.get()));
            return;
        }
        try {
            switch (InputResponses.read(call.message().body())) {
                case InputResponses.Reading.Invalid(String problem) ->
                    exchange.answer(Failures.invalid(call.id(), problem));
                case InputResponses.Reading.Given(InputResponses inputs) -> carry(exchange, call, inputs);
            }
        } finally {
            outer.calls().end(call.server().key());
        }
    }

    private void carry(HttpExchange exchange, ClientsCall call, InputResponses inputs)
            throws IOException, InterruptedException {
        if (inputs.state().isEmpty()
                || !LegacyReply.MAY_ASK.contains(call.message().method())) {
            begin(exchange, call);
            return;
        }
        Instant now = parts.clock().instant();
        Optional<ParkedState> state =
                ParkedState.open(parts.states(), call.binding(), inputs.state().get(), now);
        if (state.isEmpty()) {
            exchange.answer(Failures.foreignState(call.id()));
        } else if (!now.isBefore(state.get().expiresAt())) {
            exchange.answer(Failures.expired(call.id(), parts.settings().patience()));
        } else if (state.get().replica().isEmpty()) {
            beginAgain(exchange, call, inputs, state.get());
        } else {
            resume(exchange, call, inputs, state.get());
        }
    }

    private void begin(HttpExchange exchange, ClientsCall call) throws IOException, InterruptedException {
        if (BridgedCalls.isSecondAttempt(exchange.headers())) {
            exchange.answer(Failures.replicaEnded(call.id()));
            return;
        }
        Attendance first = attendance(call);
        ParkableCall started = new ParkableCall(parts, outer.ids().get(), first, over -> inProgress.remove(over.id()));
        inProgress.put(started.id(), started);
        started.start();
        attend(exchange, started, first);
    }

    /** The call was not executed, because the user had to do something first. */
    private void beginAgain(HttpExchange exchange, ClientsCall call, InputResponses inputs, ParkedState state)
            throws IOException, InterruptedException {
        List<String> asked = IntStream.rangeClosed(1, Integer.parseInt(state.call()))
                .mapToObj(LegacyAnswers::key)
                .toList();
        if (inputs.accepts(asked)) {
            begin(exchange, call);
        } else {
            exchange.answer(Failures.urlsDeclined(call.id(), call.serverName()));
        }
    }

    private void resume(HttpExchange exchange, ClientsCall call, InputResponses inputs, ParkedState state)
            throws IOException, InterruptedException {
        Replica owner = Replica.parse(state.replica());
        Replica here = parts.replica().get();
        if (!owner.id().equals(here.id())) {
            elsewhere(exchange, call, owner, here);
            return;
        }
        ParkableCall parked = inProgress.get(state.call());
        if (parked == null) {
            lost(exchange, call);
            return;
        }
        Attendance back = attendance(call);
        Optional<HttpAnswer> refusal = parked.returned(back, state.round(), inputs.byKey());
        if (refusal.isPresent()) {
            exchange.answer(refusal.get());
        } else {
            attend(exchange, parked, back);
        }
    }

    /** Once only: what the other one does not have is nowhere. */
    private void elsewhere(HttpExchange exchange, ClientsCall call, Replica owner, Replica here)
            throws IOException, InterruptedException {
        boolean known = owner.address().isPresent()
                && !owner.address().equals(here.address())
                && !OtherReplicas.isForwarded(exchange.headers());
        if (!known
                || !others.forward(
                        exchange, call.message().body(), owner.address().get())) {
            lost(exchange, call);
        }
    }

    private void lost(HttpExchange exchange, ClientsCall call) throws IOException {
        parts.metrics().waited(BridgedOutcome.LOST);
        exchange.answer(Failures.lost(call.id()));
    }

    private Attendance attendance(ClientsCall call) {
        return new Attendance(
                call,
                new ClientAnswer(
                        !Accept.onlyJson(call.door().client()), parts.settings().heartbeat()));
    }

    private static void attend(HttpExchange exchange, ParkableCall call, Attendance attendance)
            throws IOException, InterruptedException {
        boolean written = false;
        try {
            exchange.whenClientLeaves(() -> call.left(attendance));
            attendance.answer().write(exchange);
            written = true;
        } finally {
            if (!written) {
                call.left(attendance);
            }
        }
    }
}
