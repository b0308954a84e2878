package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.golden.GoldenPairs;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.refusal.Refusal;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden pairs: each file holds a request with its facts, then the decision.
 */
class RouterGoldenTest {
    private static final GoldenPairs PAIRS = GoldenPairs.of("router");

    static List<String> cases() throws IOException {
        return PAIRS.files();
    }

    @Test
    void thereAreCases() throws IOException {
        assertThat(cases()).hasSizeGreaterThan(30);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theDecisionIsTheRecordedOne(String file) throws IOException {
        PAIRS.verify(file, request -> describe(new RouterGoldenCase(request).decide()));
    }

    /** What the router sets is known to whatever removes it from clients' requests: Envoy's first filter, for one. */
    @ParameterizedTest
    @MethodSource("cases")
    void everyInternalHeaderThatIsSetIsOneOfTheRouters(String file) throws IOException {
        RouteDecision decision = new RouterGoldenCase(PAIRS.given(file)).decide();
        Map<String, String> set = decision instanceof RouteDecision.Complete complete
                ? edits(complete).set()
                : Map.of();

        assertThat(GatewayHeaders.OF_THE_ROUTER)
                .containsAll(set.keySet().stream()
                        .filter(GatewayHeaders::staysAtGateway)
                        .toList());
    }

    private static HeaderEdits edits(RouteDecision.Complete decision) {
        return switch (decision) {
            case RouteDecision.Reject _ -> HeaderEdits.NONE;
            case RouteDecision.ToBroker toBroker -> toBroker.edits();
            case RouteDecision.Bridge bridge -> bridge.edits();
            case RouteDecision.InitializeServer initialize -> initialize.edits();
            case RouteDecision.Forward forward -> forward.edits();
        };
    }

    private static Map<String, Object> describe(RouteDecision decision) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("decision", decision.getClass().getSimpleName());
        switch (decision) {
            case RouteDecision.Reject(Refusal(int status, String contentType, RawJson body)) -> {
                described.put("status", status);
                described.put("contentType", contentType);
                described.put("body", body.toString());
            }
            case RouteDecision.ToBroker(HeaderEdits edits) -> describeEdits(described, edits);
            case RouteDecision.Bridge bridge -> {
                described.put("server", bridge.server().name().value());
                describeEdits(described, bridge.edits());
            }
            case RouteDecision.InitializeServer initialize -> {
                described.put("host", initialize.host());
                describeEdits(described, initialize.edits());
            }
            case RouteDecision.Forward forward -> {
                describeEdits(described, forward.edits());
                described.put("body", forward.body().map(RawJson::toString).orElse("(as it came)"));
                described.put("metadata", describeMetadata(forward.metadata()));
            }
            case RouteDecision.CallServer call -> {
                described.put("session", call.session().id().value());
                described.put("server", call.route().server().name().value());
                described.put("tool", call.route().ownName());
            }
            case RouteDecision.AnswerServerRequest answer -> {
                described.put("session", answer.session().id().value());
                described.put("server", answer.server().name().value());
                described.put("originalId", answer.asked().original().json());
            }
            case RouteDecision.Recorded _ -> throw new IllegalStateException("the router records nothing");
        }
        return described;
    }

    private static void describeEdits(Map<String, Object> described, HeaderEdits edits) {
        described.put("remove", edits.remove());
        described.put("set", edits.set());
    }

    private static Map<String, String> describeMetadata(CallMetadata metadata) {
        Map<String, String> described = new LinkedHashMap<>();
        switch (metadata) {
            case CallMetadata.InSession call -> {
                described.put("clientToken", call.clientToken());
                described.put("session", call.session().value());
                described.put("server", call.server().value());
                described.put("backendSession", call.serverSession().id().orElse("(none)"));
            }
            case CallMetadata.Sessionless call -> {
                described.put("server", call.server().value());
                described.put("era", call.era().protocolVersion());
                described.put("id", call.id().map(JsonRpcId::json).orElse("(none)"));
                call.tasks()
                        .ifPresent(sealing ->
                                described.put("task", sealing.tool() + (sealing.state() ? ", state" : ", result")));
            }
        }
        return described;
    }
}
