package io.mcpgateway.broker.status;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ServerStatus;
import io.mcpgateway.api.contract.StatusJson;
import io.mcpgateway.api.contract.StatusReport;
import io.mcpgateway.api.contract.reason.Explanation;
import io.mcpgateway.api.contract.reason.ExplanationJson;
import io.mcpgateway.api.contract.reason.RoutedCall;
import io.mcpgateway.api.contract.reason.RoutedCallJson;
import io.mcpgateway.api.contract.reason.ServerReach;
import io.mcpgateway.broker.authorization.Authorization;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.http.HttpExchange;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.pinning.UnapprovedDefinitions;
import io.mcpgateway.broker.refusal.OriginRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.snapshot.GatewaySnapshot;
import io.mcpgateway.broker.snapshot.SnapshotCell;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code /status} with its long poll, {@code /status/<namespace>/<name>}, which also shows unapproved definitions,
 * {@code /status/why?name=<name>}, {@code /status/route?name=<name>} and {@code /status/reach?server=<namespace>/<name>}.
 */
public final class StatusEndpoint {
    public static final String PATH = "/status";

    /** The query that asks for definitions which wait for an approval. */
    private static final String UNAPPROVED = "show=unapproved";

    /** A long poll looks this often whether the process is being stopped. */
    private static final Duration SLICE = Duration.ofMillis(500);

    private final SnapshotCell cell;
    private final Readiness readiness;
    private final Clock clock;
    private final OriginRule origins;
    private final Trials trials;

    public StatusEndpoint(SnapshotCell cell, Readiness readiness, Clock clock, OriginRule origins, Trials trials) {
        this.cell = cell;
        this.readiness = readiness;
        this.clock = clock;
        this.origins = origins;
        this.trials = trials;
    }

    public void handle(HttpExchange exchange) throws IOException, InterruptedException {
        Optional<Refusal> refusal = origins.refusal(exchange.headers());
        if (refusal.isPresent()) {
            exchange.answer(HttpAnswer.of(refusal.get()));
            return;
        }
        if (!exchange.method().equals("GET")) {
            exchange.answer(fresh(problem(405, "Method not allowed. Supported methods: GET"))
                    .with("Allow", "GET"));
            return;
        }
        // Without a question it may be a server of that name.
        if (exchange.path().equals(BrokerLaunch.WHY_PATH) && exchange.query().isPresent()) {
            exchange.answer(fresh(why(exchange)));
            return;
        }
        if (exchange.path().equals(BrokerLaunch.ROUTE_PATH) && exchange.query().isPresent()) {
            exchange.answer(fresh(route(exchange)));
            return;
        }
        if (exchange.path().equals(BrokerLaunch.REACH_PATH) && exchange.query().isPresent()) {
            exchange.answer(fresh(reach(exchange)));
            return;
        }
        String name = exchange.path().substring(PATH.length());
        exchange.answer(
                fresh(name.isEmpty() || name.equals("/") ? all(exchange) : one(name.substring(1), exchange.query())));
    }

    private HttpAnswer all(HttpExchange exchange) throws InterruptedException {
        return switch (StatusQuery.parse(exchange.query())) {
            case StatusQuery.Now() -> document(cell.get());
            case StatusQuery.After(long revision, Duration wait) -> document(await(revision, wait));
            case StatusQuery.Bad(String reason) -> problem(400, reason);
        };
    }

    private HttpAnswer why(HttpExchange exchange) {
        return switch (WhyQuestion.parse(exchange.query(), claims(exchange))) {
            case WhyQuestion.Bad(String problem) -> problem(400, problem);
            case WhyQuestion.About about ->
                HttpAnswer.json(
                        200,
                        RawJson.of(ExplanationJson.tree(Why.answer(cell.get(), about, clock.instant()))
                                .toString()));
        };
    }

    private HttpAnswer route(HttpExchange exchange) {
        return switch (RouteQuestion.parse(exchange.query(), claims(exchange))) {
            case RouteQuestion.Bad(String problem) -> problem(400, problem);
            case RouteQuestion.About(RoutedCall.Question call, Authorization allowed) ->
                HttpAnswer.json(
                        200,
                        RawJson.of(RoutedCallJson.tree(trials.rehearsal().of(call, allowed))
                                .toString()));
        };
    }

    private HttpAnswer reach(HttpExchange exchange) throws InterruptedException {
        String server = WhyQuestion.parameters(exchange.query()).getOrDefault(ServerReach.SERVER_PARAMETER, "");
        return trials.reach()
                .of(server)
                .map(reach -> HttpAnswer.json(200, RawJson.of(reach.json())))
                .orElseGet(() -> notFound(server));
    }

    private static Optional<String> claims(HttpExchange exchange) {
        return exchange.headers().all(Explanation.CLAIMS_HEADER.toLowerCase(Locale.ROOT)).stream()
                .findFirst();
    }

    private HttpAnswer document(GatewaySnapshot snapshot) {
        return HttpAnswer.json(200, RawJson.of(StatusJson.print(StatusMapping.report(snapshot, clock.instant()))));
    }

    /** A revision above ours is one of another process, so what is current is news to the asker. */
    private GatewaySnapshot await(long revision, Duration wait) throws InterruptedException {
        if (cell.get().revision() < revision) {
            return cell.get();
        }
        long end = System.nanoTime() + wait.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            GatewaySnapshot snapshot = cell.awaitAfter(revision, left.compareTo(SLICE) > 0 ? SLICE : left);
            boolean over = System.nanoTime() - end >= 0 || readiness.state() == Readiness.State.DRAINING;
            if (over || snapshot.revision() > revision) {
                return snapshot;
            }
        }
    }

    private HttpAnswer one(String rawName, Optional<String> query) {
        GatewaySnapshot snapshot = cell.get();
        StatusReport report = StatusMapping.report(snapshot, clock.instant());
        Optional<String> name = decode(rawName);
        Optional<ServerStatus> server = report.servers().stream()
                .filter(candidate -> name.map(candidate.name().value()::equals).orElse(false))
                .findFirst();
        Optional<RawJson> unapproved = server.filter(_ -> query.equals(Optional.of(UNAPPROVED)))
                .flatMap(found -> Optional.ofNullable(snapshot.pinned().get(found.name())))
                .map(UnapprovedDefinitions::of);
        return unapproved
                .or(() -> server.map(found -> RawJson.of(StatusJson.print(found))))
                .map(found -> HttpAnswer.json(200, found))
                .orElseGet(() -> notFound(name.orElse(rawName)));
    }

    private static HttpAnswer notFound(String server) {
        return problem(
                404,
                "Server '" + server
                        + "' not found. Use format 'namespace/registration-name' or see /status for all servers");
    }

    private static Optional<String> decode(String rawName) {
        try {
            return Optional.of(URLDecoder.decode(rawName.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException badEscape) {
            return Optional.empty();
        }
    }

    private static HttpAnswer problem(int status, String text) {
        return HttpAnswer.json(
                status,
                RawJson.of(
                        JsonNodeFactory.instance.objectNode().put("error", text).toString()));
    }

    private static HttpAnswer fresh(HttpAnswer answer) {
        return answer.with("Cache-Control", "no-store");
    }
}
