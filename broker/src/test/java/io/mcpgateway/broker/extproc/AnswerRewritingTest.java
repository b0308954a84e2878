package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.grpc.Status;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.RequestOrigin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server's event stream on its way through the response filter: piece in, piece out. */
@Timeout(60)
class AnswerRewritingTest {
    private static final String QUESTION = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"roots/list\"}";
    private static final String STREAM = ": working\r\n\r\nid: e-1\r\ndata: " + QUESTION
            + "\r\n\r\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n";
    private static final String OURS = FakeDispatcher.IDS
            .issue(RequestOrigin.of(FakeDispatcher.METADATA), new JsonRpcId("7"))
            .orElseThrow();
    private static final String REWRITTEN = STREAM.replace("\"id\":7", "\"id\":\"" + OURS + "\"");
    private static final Map<String, String> EVENTS = Map.of("content-type", "text/event-stream");

    private final Processor processor = new Processor(new FakeDispatcher(), 1);

    @AfterEach
    void stop() {
        processor.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 64, 10_000})
    void aQuestionGetsOurIdWhereverTheStreamIsCut(int size) {
        Processor.Stream stream = processor.open().send(headers(EVENTS, true, false));

        List<String> passed = pass(stream, STREAM, size);

        assertThat(String.join("", passed)).isEqualTo(REWRITTEN);
        assertThat(stream.names().getFirst()).isEqualTo("ph");
        assertThat(stream.names().subList(1, stream.names().size()))
                .allMatch("pb"::equals)
                .hasSize(passed.size());
        assertThat(stream.replies
                        .getFirst()
                        .getResponseHeaders()
                        .getResponse()
                        .getHeaderMutation()
                        .getRemoveHeadersList())
                .containsExactly("content-length");
    }

    @Test
    void whatIsHeldComesOutWithTheEndOfTheStream() {
        String cut = "data: " + QUESTION;
        Processor.Stream stream = processor.open().send(headers(EVENTS, true, false));

        stream.send(piece(cut, false));
        assertThat(mutation(stream.replies.getLast()).getClearBody()).isTrue();
        stream.send(piece("", true));

        assertThat(mutation(stream.replies.getLast()).getBody().toStringUtf8())
                .isEqualTo(cut.replace("\"id\":7", "\"id\":\"" + OURS + "\""));
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, '', true, false",
        "text/event-stream, gzip, true, false",
        "text/event-stream, '', false, false",
        "text/event-stream, '', true, true"
    })
    void otherAnswersPassUntouched(String type, String encoding, boolean routed, boolean withoutBody) {
        Map<String, String> headers = encoding.isEmpty()
                ? Map.of("content-type", type)
                : Map.of("content-type", type, "content-encoding", encoding);
        Processor.Stream stream = processor.open().send(headers(headers, routed, withoutBody));

        stream.send(piece(STREAM, true));

        assertThat(stream.replies.getFirst().getResponseHeaders().getResponse().hasHeaderMutation())
                .isFalse();
        assertThat(stream.replies.getLast().getResponseBody().getResponse().hasBodyMutation())
                .isFalse();
    }

    @Test
    void everyOtherMessageMeanwhileIsAnsweredOnceToo() throws Exception {
        Processor.Stream stream = processor.open().send(headers(EVENTS, true, false));

        stream.send("B", "t", "rt").send(piece(STREAM, true)).halfClose();

        assertThat(stream.ended.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        assertThat(stream.names()).containsExactly("ph", "qb", "qt", "pt", "pb");
        assertThat(applied(STREAM, stream.replies.getLast())).isEqualTo(REWRITTEN);
    }

    @Test
    void requestHeadersAfterTheAnswerHasBegunEndTheStream() throws Exception {
        Processor.Stream stream = processor.open().send(headers(EVENTS, true, false));

        stream.send("h").send(piece(STREAM, true));

        assertThat(stream.ended.get(20, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.OK);
        assertThat(stream.names()).containsExactly("ph", "!500");
    }

    /** Sends the text in pieces of so many bytes, the last one empty, and gives what becomes of each. */
    @Test
    void aClientThatTakesNoStreamGetsTheReplyAsJson() {
        CallMetadata call = new CallMetadata.InSession(
                FakeDispatcher.METADATA.clientToken(),
                FakeDispatcher.METADATA.session(),
                FakeDispatcher.METADATA.server(),
                FakeDispatcher.METADATA.serverSession(),
                FakeDispatcher.METADATA.id(),
                true);
        Struct mcp = EnvoyMessages.metadata(call, Optional.empty(), Map.of())
                .getFieldsOrThrow("mcp")
                .getStructValue();
        Processor.Stream stream = processor
                .open()
                .send(headers(Map.of("content-type", "text/event-stream"), false, false).toBuilder()
                        .setMetadataContext(Metadata.newBuilder().putFilterMetadata("mcp", mcp))
                        .build());

        List<String> passed = pass(stream, """
            : working

            data: {"jsonrpc":"2.0","method":"notifications/x"}

            data: {"id":1,"result":{}}

            """, 9);

        assertThat(EnvoyMessages.set(stream.replies
                        .getFirst()
                        .getResponseHeaders()
                        .getResponse()
                        .getHeaderMutation()))
                .containsEntry("content-type", "application/json");
        assertThat(String.join("", passed)).isEqualTo("{\"id\":1,\"result\":{}}");
    }

    private static List<String> pass(Processor.Stream stream, String text, int size) {
        List<String> passed = new ArrayList<>();
        for (int start = 0; start < text.length(); start += size) {
            String part = text.substring(start, Math.min(text.length(), start + size));
            stream.send(piece(part, false));
            passed.add(applied(part, stream.replies.getLast()));
        }
        stream.send(piece("", true));
        passed.add(applied("", stream.replies.getLast()));
        return passed;
    }

    private static String applied(String piece, ProcessingResponse reply) {
        if (!reply.getResponseBody().getResponse().hasBodyMutation()) {
            return piece;
        }
        BodyMutation mutation = mutation(reply);
        return mutation.getClearBody() ? "" : mutation.getBody().toStringUtf8();
    }

    private static BodyMutation mutation(ProcessingResponse reply) {
        return reply.getResponseBody().getResponse().getBodyMutation();
    }

    private static ProcessingRequest piece(String text, boolean last) {
        return ProcessingRequest.newBuilder()
                .setResponseBody(HttpBody.newBuilder()
                        .setBody(ByteString.copyFromUtf8(text))
                        .setEndOfStream(last))
                .build();
    }

    private static ProcessingRequest headers(Map<String, String> headers, boolean routed, boolean withoutBody) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(":status", "200");
        Metadata.Builder metadata = Metadata.newBuilder();
        if (routed) {
            Struct mcp = EnvoyMessages.metadata(FakeDispatcher.METADATA, Optional.empty(), Map.of())
                    .getFieldsOrThrow("mcp")
                    .getStructValue();
            metadata.putFilterMetadata("mcp", mcp);
        }
        return ProcessingRequest.newBuilder()
                .setResponseHeaders(HttpHeaders.newBuilder()
                        .setHeaders(EnvoyMessages.headerMap(all))
                        .setEndOfStream(withoutBody))
                .setMetadataContext(metadata)
                .build();
    }
}
