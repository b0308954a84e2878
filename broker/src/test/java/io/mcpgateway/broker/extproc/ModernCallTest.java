package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.ServerKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A call of a modern client: no session is put back, no answer is read. */
class ModernCallTest {
    private static final CallMetadata CALL = new CallMetadata.Sessionless(
            new ServerKey("ns/one@1"), new Era.Modern("2026-07-28"), Optional.of(new JsonRpcId("\"call-1\"")));

    private final FakeDispatcher dispatcher = new FakeDispatcher();
    private final Processor processor = new Processor(dispatcher, 4);

    ModernCallTest() {
        dispatcher.withBody = _ -> new RouteDecision.Forward(
                FakeDispatcher.ROUTE.server(),
                new HeaderEdits(Map.of(":path", "/mcp"), Set.of("mcp-session-id")),
                Optional.empty(),
                CALL);
    }

    @AfterEach
    void close() {
        processor.close();
    }

    @Test
    void theMetadataHoldNoSessionAndComeBackTheSame() {
        Struct mcp = metadata(CALL);

        assertThat(mcp.getFieldsMap()).containsOnlyKeys("server", "protocol", "id");
        assertThat(CallMetadataCodec.read(
                        Metadata.newBuilder().putFilterMetadata("mcp", mcp).build()))
                .contains(CALL);
    }

    @Test
    void anIdThatIsTooLongDoesNotTravel() {
        CallMetadata longId = new CallMetadata.Sessionless(
                CALL.server(), new Era.Modern("2026-07-28"), Optional.of(new JsonRpcId("\"" + "i".repeat(300) + "\"")));

        assertThat(metadata(longId).getFieldsMap()).containsOnlyKeys("server", "protocol");
    }

    @Test
    void theRequestIsDecidedInOneExchange() {
        Processor.Stream stream = processor.open().send("h", "B");

        assertThat(stream.names()).containsExactly("qh", "qb");
        assertThat(stream.replies
                        .getFirst()
                        .getDynamicMetadata()
                        .getFieldsOrThrow("mcp")
                        .getStructValue())
                .isEqualTo(metadata(CALL));
        assertThat(stream.replies
                        .getFirst()
                        .getRequestHeaders()
                        .getResponse()
                        .getHeaderMutation()
                        .getRemoveHeadersList())
                .containsExactly("mcp-session-id");
    }

    /** On a stream that also brings the response, the server's session ID is taken out here. */
    @Test
    void aSessionIdOfTheServerGoesNoFurther() {
        Processor.Stream stream = processor.open().send("hb", "B", "rh");

        ProcessingResponse last = stream.replies.getLast();
        assertThat(last.getResponseHeaders().getResponse().getHeaderMutation().getRemoveHeadersList())
                .containsExactly("mcp-session-id");
        assertThat(last.getResponseHeaders().getResponse().getHeaderMutation().getSetHeadersList())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "400, application/json, ph",
        "404, application/json; charset=utf-8, ph",
        "404, text/html, !502",
        "404, '', !502",
        "410, application/json, !502",
        "307, text/html, !502",
        "202, '', !502",
        "401, application/json, ph",
        "500, application/json, ph",
        // A stream is not rewritten.
        "200, text/event-stream, ph",
        "400, text/event-stream, ph",
    })
    void whatTheServerSaysOfTheRequestIsForTheClient(int status, String contentType, String answer) {
        Processor.Stream stream = processor.open().send(response(status, contentType));

        assertThat(stream.names()).containsExactly(answer);
        if (answer.equals("!502")) {
            assertThat(stream.replies
                            .getFirst()
                            .getImmediateResponse()
                            .getBody()
                            .toStringUtf8())
                    .contains("\"id\":\"call-1\",\"error\":{\"code\":-32603,", "HTTP " + status);
        } else {
            assertThat(stream.replies.getFirst())
                    .isEqualTo(EnvoyMessages.decoded(
                            DecisionEncoder.unchanged(ProcessingRequest.RequestCase.RESPONSE_HEADERS)));
        }
    }

    @Test
    void aStateOfAServerIsSealedOnItsWay() {
        CallMetadata sealing = new CallMetadata.Sessionless(
                CALL.server(), new Era.Modern("2026-07-28"), CALL.id(), Optional.of(new StateBinding("b")));
        ProcessingRequest headers = response(200, "application/json").toBuilder()
                .setMetadataContext(Metadata.newBuilder().putFilterMetadata("mcp", metadata(sealing)))
                .build();
        String answer = "{\"id\":1,\"result\":{\"resultType\":\"input_required\",\"requestState\":\"s\"}}";

        Processor.Stream stream = processor
                .open()
                .send(headers)
                .send(piece(answer.substring(0, 20), false))
                .send(piece(answer.substring(20), true));

        assertThat(stream.names()).containsExactly("ph", "pb", "pb");
        assertThat(stream.replies
                        .getFirst()
                        .getResponseHeaders()
                        .getResponse()
                        .getHeaderMutation()
                        .getRemoveHeadersList())
                .containsExactly("content-length");
        BodyMutation first =
                stream.replies.get(1).getResponseBody().getResponse().getBodyMutation();
        assertThat(first.getClearBody()).isTrue();
        BodyMutation last =
                stream.replies.get(2).getResponseBody().getResponse().getBodyMutation();
        assertThat(last.getBody().toStringUtf8())
                .startsWith("{\"id\":1,\"result\":{\"resultType\":\"input_required\",\"requestState\":\"mcpgw-state.")
                .endsWith("\"}}");
    }

    private static ProcessingRequest piece(String text, boolean last) {
        return ProcessingRequest.newBuilder()
                .setResponseBody(HttpBody.newBuilder()
                        .setBody(ByteString.copyFromUtf8(text))
                        .setEndOfStream(last))
                .build();
    }

    private static ProcessingRequest response(int status, String contentType) {
        ProcessingRequest.Builder message =
                EnvoyMessages.responseHeaders(status, Map.of("mcp", metadata(CALL))).toBuilder();
        message.getResponseHeadersBuilder()
                .setHeaders(EnvoyMessages.headerMap(
                        Map.of(":status", Integer.toString(status), "content-type", contentType)));
        return message.build();
    }

    private static Struct metadata(CallMetadata call) {
        return EnvoyMessages.metadata(call, Optional.empty(), Map.of())
                .getFieldsOrThrow("mcp")
                .getStructValue();
    }
}
