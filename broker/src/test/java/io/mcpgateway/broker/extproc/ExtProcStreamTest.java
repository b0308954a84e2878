package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ImmediateResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.Status;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.router.RequestHead;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtProcStreamTest {
    private final FakeDispatcher dispatcher = new FakeDispatcher();
    private final Processor processor = new Processor(dispatcher, 2);

    @AfterEach
    void stop() {
        processor.close();
    }

    @ParameterizedTest
    @CsvSource({
        // the usual sequences
        "h B,             qh qb",
        "H,               qh",
        "hb B,            qh qb",
        "Hb,              qh",
        "h-old B,         qh qb",
        "rh,              ph",
        "hb B rh,         qh qb ph",
        // a body in pieces
        "h b B,           qh qb qb",
        "h b b b B,       qh qb qb qb qb",
        "h B t,           qh qb qt",
        "h B rh rb rt,    qh qb ph pb pt",
        "H rh rb rb rt,   qh ph pb pb pt",
        // trailers, seen or to come: every declared byte is there, but not the end
        "h8 b,            !400",
        "h8 b t,          !400",
        "h8 B,            qh qb",
        "h b t,           !400",
        "h t,             !400",
        // a body after the end, a response before it
        "H B,             qh qb",
        "h B B,           qh qb qb",
        "h rh B,          ph qh qb",
        "h rh rb rt B,    ph pb pt qh qb",
        "rh rb rt,        ph pb pt",
        "rb,              pb",
        "rt,              pt",
        // what ends the stream
        "B,               !500",
        "t,               !500",
        "?,               !500",
        "h ?,             !500",
        "H ?,             qh !500",
        "h h,             !500",
        "h b h,           !500",
        "H H,             qh !500",
        "hb hb,           qh !500",
        "hb t,            qh !400",
        "rh h,            ph !500",
        "h0,              !400",
        "h BB,            !413",
        "h b b b b b b b b b b, !413",
        "hb BB,           qh !413",
        "h-fds,           !500",
        "h-partial,       !500",
        "h-none,          !500",
        "h-wait,          !500",
        "h-new,           !500",
        // messages after that are nobody's
        "h-fds B t rh ?,  !500",
    })
    void everyMessageIsAnsweredOnce(String messages, String replies) {
        Processor.Stream stream = processor.open().send(messages.split(" "));

        assertThat(String.join(" ", stream.names())).isEqualTo(replies);
        assertThat(processor.failures).hasSize(replies.matches(".*!(400|413|500).*") ? 1 : 0);
        stream.halfClose();
        assertThat(stream.ended).isCompletedWithValue(Status.OK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"h", "h b"})
    void aRequestThatEndsBeforeItsBodyIsRefused(String messages) {
        Processor.Stream stream = processor.open().send(messages.split(" "));
        assertThat(stream.names()).isEmpty();

        stream.halfClose();

        assertThat(stream.names()).containsExactly("!400");
        assertThat(stream.ended).isCompletedWithValue(Status.OK);
        assertThat(dispatcher.heads).isEmpty();
    }

    @Test
    void theDispatcherSeesTheHeadAndTheWholeBody() {
        processor.open().send("h", "b", "B");

        assertThat(dispatcher.bodies).containsExactly(RawJson.of("{\"part\":1}"));
        assertThat(dispatcher.heads).singleElement().satisfies(head -> {
            assertThat(head.method()).isEqualTo("POST");
            assertThat(head.authority()).isEqualTo("Server1.mcp.local:8080");
            assertThat(head.path()).isEqualTo("/mcp?a=b");
            assertThat(head.headers().names()).containsExactly("mcp-session-id");
        });
    }

    @Test
    void aForwardedCallSetsHeadersAndMetadataFirstAndTheBodyThen() {
        RawJson body = RawJson.of("{\"name\":\"greet\"}");
        dispatcher.withBody = _ -> FakeDispatcher.forward(Optional.of(body));

        Processor.Stream stream = processor.open().send("h", "B");

        ProcessingResponse headers = stream.replies.getFirst();
        CommonResponse changes = headers.getRequestHeaders().getResponse();
        assertThat(changes.getClearRouteCache()).isTrue();
        assertThat(EnvoyMessages.set(changes.getHeaderMutation()))
                .isEqualTo(Map.of("mcp-session-id", "backend-1", ":authority", "one.mcp.local", ":path", "/mcp"));
        assertThat(changes.getHeaderMutation().getRemoveHeadersList()).containsExactly("router-key");
        assertThat(mcp(headers).getFieldsOrThrow("session").getStringValue()).isEqualTo(FakeDispatcher.CLIENT_TOKEN);
        CommonResponse second = stream.replies.getLast().getRequestBody().getResponse();
        assertThat(second.getBodyMutation().getBody().toByteArray()).isEqualTo(body.bytes());
        assertThat(second.hasHeaderMutation()).isFalse();
    }

    @Test
    void aNewBodyReplacesTheFirstPieceAndTheOthersVanish() {
        dispatcher.withBody = _ -> FakeDispatcher.forward(Optional.of(RawJson.of("{}")));

        Processor.Stream stream = processor.open().send("h", "b", "b", "B");

        assertThat(stream.replies.subList(1, 4))
                .extracting(reply -> reply.getRequestBody().getResponse().getBodyMutation())
                .satisfies(
                        first -> assertThat(first.getBody().toStringUtf8()).isEqualTo("{}"),
                        org.assertj.core.api.Assertions.atIndex(0))
                .satisfies(
                        second -> assertThat(second.getClearBody()).isTrue(),
                        org.assertj.core.api.Assertions.atIndex(1))
                .satisfies(
                        third -> assertThat(third.getClearBody()).isTrue(), org.assertj.core.api.Assertions.atIndex(2));
    }

    @Test
    void anUnchangedBodyIsNotSentBack() {
        Processor.Stream stream = processor.open().send("h", "b", "B");

        assertThat(stream.replies.subList(1, 3))
                .allMatch(reply -> !reply.getRequestBody().getResponse().hasBodyMutation());
    }

    @Test
    void bytesAfterTheEndReachNobody() {
        Processor.Stream stream = processor.open().send("H", "B");

        assertThat(stream.replies
                        .getLast()
                        .getRequestBody()
                        .getResponse()
                        .getBodyMutation()
                        .getClearBody())
                .isTrue();
    }

    @Test
    void aBufferedCallIsPinnedAtOnceAndDecidedWithItsBody() {
        RawJson body = RawJson.of("{\"name\":\"greet\"}");
        dispatcher.withBody = _ -> FakeDispatcher.forward(Optional.of(body));

        Processor.Stream stream = processor.open().send("hb");

        CommonResponse pinned = stream.replies.getFirst().getRequestHeaders().getResponse();
        assertThat(EnvoyMessages.set(pinned.getHeaderMutation())).isEqualTo(Map.of(":authority", "mcp.example.com"));
        assertThat(pinned.getHeaderMutation().getRemoveHeadersList()).containsExactly("x-mcp-toolname");
        stream.send("B");
        CommonResponse decided = stream.replies.getLast().getRequestBody().getResponse();
        assertThat(EnvoyMessages.set(decided.getHeaderMutation()))
                .containsEntry(":authority", "one.mcp.local")
                .containsEntry("content-length", Integer.toString(body.length()));
        assertThat(decided.getClearRouteCache()).isTrue();
        assertThat(decided.getBodyMutation().getBody().toByteArray()).isEqualTo(body.bytes());
        assertThat(mcp(stream.replies.getLast()).getFieldsMap()).containsKey("session");
    }

    @Test
    void theResponseOfABufferedCallGetsTheClientsSessionBack() {
        dispatcher.withBody = _ -> FakeDispatcher.forward(Optional.empty());

        Processor.Stream stream = processor.open().send("hb", "B", "rh");

        assertThat(EnvoyMessages.set(stream.replies
                        .getLast()
                        .getResponseHeaders()
                        .getResponse()
                        .getHeaderMutation()))
                .isEqualTo(Map.of("mcp-session-id", FakeDispatcher.CLIENT_TOKEN));
        assertThat(dispatcher.lost).isEmpty();
    }

    @Test
    void aResponseOfTheBrokerIsLeftAlone() {
        Processor.Stream stream = processor.open().send("hb", "B", "rh404");

        assertThat(stream.replies.getLast().getResponseHeaders().hasResponse()).isFalse();
        assertThat(dispatcher.lost).isEmpty();
    }

    @Test
    void a404OnTheSameStreamIsReported() {
        dispatcher.withBody = _ -> FakeDispatcher.forward(Optional.empty());

        processor.open().send("hb", "B", "rh404");

        assertThat(dispatcher.lost).containsExactly(FakeDispatcher.METADATA);
    }

    @Test
    void a404SeenByTheWatcherIsReportedWithWhatTheMetadataSay() {
        Struct mcp = EnvoyMessages.metadata(FakeDispatcher.METADATA, Optional.empty(), Map.of())
                .getFieldsOrThrow("mcp")
                .getStructValue();

        Processor.Stream stream = processor.open().send(EnvoyMessages.responseHeaders(404, Map.of("mcp", mcp)));

        assertThat(dispatcher.lost).containsExactly(FakeDispatcher.METADATA);
        assertThat(stream.names()).containsExactly("!200");
        assertThat(stream.replies.getFirst().getImmediateResponse().getBody().toStringUtf8())
                .contains("\"id\":\"call-1\"", "repeat it");
    }

    @ParameterizedTest
    @CsvSource({
        "504, response_timeout, !504",
        "504, stream_idle_timeout, !504",
        "504, via_upstream, ph",
        "504, '', ph",
        "503, upstream_reset_before_response_started{connection_termination}, ph"
    })
    void aTimeoutOfEnvoysOwnIsToldAsThatAndNoServers(int status, String details, String answer) {
        Struct mcp = EnvoyMessages.metadata(FakeDispatcher.METADATA, Optional.empty(), Map.of())
                .getFieldsOrThrow("mcp")
                .getStructValue();
        Struct attributes = Struct.newBuilder()
                .putFields(
                        "response.code_details",
                        Value.newBuilder().setStringValue(details).build())
                .build();

        Processor.Stream stream = processor
                .open()
                .send(EnvoyMessages.responseHeaders(status, Map.of("mcp", mcp)).toBuilder()
                        .putAttributes("envoy.filters.http.ext_proc", attributes)
                        .build());

        assertThat(stream.names()).containsExactly(answer);
        if (answer.equals("!504")) {
            assertThat(stream.replies
                            .getFirst()
                            .getImmediateResponse()
                            .getBody()
                            .toStringUtf8())
                    .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"call-1\",\"error\":{\"code\":-32003,\"message\":"
                            + "\"server ns/one did not answer within 600 s, the limit set by callTimeoutSeconds;"
                            + " the call may have been executed\"}}");
        }
    }

    @Test
    void theRouterFilterIsToldHowLongTheCallMayTake() {
        Struct limited = EnvoyMessages.metadata(FakeDispatcher.METADATA, Optional.of(Duration.ofMinutes(10)), Map.of())
                .getFieldsOrThrow("mcp")
                .getStructValue();
        Struct unlimited = EnvoyMessages.metadata(FakeDispatcher.METADATA, Optional.empty(), Map.of())
                .getFieldsOrThrow("mcp")
                .getStructValue();

        assertThat(limited.getFieldsOrThrow("call_timeout").getStringValue()).isEqualTo("600000");
        assertThat(unlimited.getFieldsMap()).doesNotContainKey("call_timeout");
    }

    @Test
    void anAnswerInPlaceOfTheServersMayBeReadByThePageThatAsked() {
        Struct mcp = EnvoyMessages.metadata(
                        FakeDispatcher.METADATA,
                        Optional.empty(),
                        Map.of("access-control-allow-origin", "https://app.example.com"))
                .getFieldsOrThrow("mcp")
                .getStructValue();

        Processor.Stream stream = processor.open().send(EnvoyMessages.responseHeaders(307, Map.of("mcp", mcp)));

        assertThat(stream.names()).containsExactly("!502");
        assertThat(EnvoyMessages.set(
                        stream.replies.getFirst().getImmediateResponse().getHeaders()))
                .containsEntry("access-control-allow-origin", "https://app.example.com");
    }

    @Test
    void theWatcherIgnoresA404WithoutMetadataAndOtherStatuses() {
        Struct mcp = EnvoyMessages.metadata(FakeDispatcher.METADATA, Optional.empty(), Map.of())
                .getFieldsOrThrow("mcp")
                .getStructValue();

        processor.open().send(EnvoyMessages.responseHeaders(404, Map.of()));
        processor.open().send(EnvoyMessages.responseHeaders(404, Map.of("other", mcp)));
        processor.open().send(EnvoyMessages.responseHeaders(404, Map.of("mcp", Struct.getDefaultInstance())));
        processor.open().send(EnvoyMessages.responseHeaders(503, Map.of("mcp", mcp)));

        assertThat(dispatcher.lost).isEmpty();
    }

    @Test
    void aRefusalIsOneImmediateResponseAndTheEnd() {
        dispatcher.withBody = _ -> FakeDispatcher.reject(404);

        Processor.Stream stream = processor.open().send("h", "B");

        assertThat(stream.names()).containsExactly("!404");
        ImmediateResponse refusal = stream.replies.getFirst().getImmediateResponse();
        assertThat(EnvoyMessages.set(refusal.getHeaders())).isEqualTo(Map.of("content-type", "application/json"));
        assertThat(refusal.getBody().toStringUtf8()).isEqualTo("{\"error\":404}");
        assertThat(refusal.getDetails()).isEqualTo("mcp_gateway_not_found");
        assertThat(stream.ended).isCompletedWithValue(Status.OK);
    }

    @Test
    void anUnsupportedModeIsNamed() {
        Processor.Stream stream = processor.open().send("h-fds");

        assertThat(stream.replies.getFirst().getImmediateResponse().getBody().toStringUtf8())
                .contains("FULL_DUPLEX_STREAMED");
        assertThat(stream.replies.getFirst().getImmediateResponse().getDetails())
                .isEqualTo("mcp_gateway_processing_mode");
    }

    @ParameterizedTest
    @ValueSource(strings = {"H", "h B", "hb B"})
    void aBugInADecisionIsOne500AndTheNextRequestIsServed(String messages) {
        dispatcher.withoutBody = () -> {
            throw new IllegalStateException("bug");
        };
        dispatcher.withBody = _ -> {
            throw new IllegalStateException("bug");
        };

        Processor.Stream broken = processor.open().send(messages.split(" "));

        assertThat(broken.names().getLast()).isEqualTo("!500");
        assertThat(broken.replies.getLast().getImmediateResponse().getBody().toStringUtf8())
                .doesNotContain("bug");
        assertThat(broken.ended).isCompletedWithValue(Status.OK);
        dispatcher.withoutBody = FakeDispatcher::toBroker;
        dispatcher.withBody = _ -> FakeDispatcher.toBroker();
        assertThat(processor.open().send(messages.split(" ")).names()).doesNotContain("!500");
    }

    @Test
    void aHeaderValueThatWouldEndItsLineIsNotSent() {
        dispatcher.withBody = _ -> new io.mcpgateway.broker.router.RouteDecision.ToBroker(
                new io.mcpgateway.broker.router.HeaderEdits(Map.of("x-mcp-toolname", "a\r\nb: c"), java.util.Set.of()));

        assertThat(processor.open().send("h", "B").names()).containsExactly("!500");
    }

    @Test
    void everyHeaderOfARequestIsReadByItsRawValueFirst() {
        processor.open().send("H");

        RequestHead head = dispatcher.heads.getFirst();
        assertThat(head.headers().all("mcp-session-id")).containsExactly(FakeDispatcher.CLIENT_TOKEN);
    }

    private static Struct mcp(ProcessingResponse reply) {
        return reply.getDynamicMetadata().getFieldsOrThrow("mcp").getStructValue();
    }
}
