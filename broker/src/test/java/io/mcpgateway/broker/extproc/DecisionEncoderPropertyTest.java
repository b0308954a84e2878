package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.BodyResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.CommonResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.HeaderMutation;
import io.envoyproxy.envoy.service.ext_proc.v3.HeadersResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ImmediateResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.mcpgateway.broker.extproc.StreamState.Owed;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Replies that are written field by field are the messages that the generated classes would make. */
class DecisionEncoderPropertyTest {
    private static final List<Integer> SIZES =
            List.of(0, 1, 20, 100, 127, 128, 129, 400, 16_000, 16_383, 16_384, 70_000);

    private final Random random = new Random(20_261_201);

    @Test
    void forwardedCallsAreTheGeneratedMessages() {
        for (int round = 0; round < 2_000; round++) {
            HeaderEdits edits = edits();
            Optional<RawJson> body = random.nextBoolean() ? Optional.of(RawJson.of(text())) : Optional.empty();
            CallMetadata.InSession call = new CallMetadata.InSession(
                    text(),
                    new GatewaySessionId("id"),
                    new ServerKey("ns/one@1"),
                    new ServerSession(Optional.of(text()), "2025-11-25"),
                    Optional.of(new JsonRpcId("7")),
                    random.nextBoolean());
            RouteDecision.Forward forward = new RouteDecision.Forward(FakeDispatcher.ROUTE.server(), edits, body, call);

            assertThat(encoded(forward, new Owed.HeadersAndBody(2)))
                    .containsExactly(headers(edits, note(call)), firstChunk(body), laterChunk(body));
            assertThat(encoded(forward, new Owed.BufferedBody()))
                    .containsExactly(bufferedBody(edits, body, note(call)));
        }
    }

    @Test
    void requestsForTheBrokerAndRefusalsAreToo() {
        for (int round = 0; round < 2_000; round++) {
            HeaderEdits edits = edits();
            Refusal refusal = new Refusal(400 + random.nextInt(200), "application/json", RawJson.of(text()));

            assertThat(encoded(new RouteDecision.ToBroker(edits), new Owed.HeadersOnly()))
                    .containsExactly(headers(edits, Struct.getDefaultInstance()));
            assertThat(encoded(new RouteDecision.Reject(refusal), new Owed.HeadersOnly()))
                    .containsExactly(immediate(refusal));
            byte[] piece = text().getBytes(StandardCharsets.UTF_8);
            assertThat(EnvoyMessages.decoded(DecisionEncoder.responsePiece(piece)))
                    .isEqualTo(ProcessingResponse.newBuilder()
                            .setResponseBody(BodyResponse.newBuilder()
                                    .setResponse(CommonResponse.newBuilder().setBodyMutation(piece(piece))))
                            .build());
        }
    }

    @Test
    void aValueThatCouldEndItsLineIsNotWritten() {
        for (String value : List.of("a\r\nb: c", "\n", "a\0", "\u007f")) {
            HeaderEdits edits = new HeaderEdits(Map.of("x-mcp-toolname", value), Set.of());
            assertThatThrownBy(() -> encoded(new RouteDecision.ToBroker(edits), new Owed.HeadersOnly()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x-mcp-toolname");
        }
    }

    private static List<ProcessingResponse> encoded(RouteDecision.Complete decision, Owed owed) {
        return DecisionEncoder.encode(decision, owed, Map.of()).stream()
                .map(EnvoyMessages::decoded)
                .toList();
    }

    private HeaderEdits edits() {
        Map<String, String> set = new LinkedHashMap<>();
        for (int count = random.nextInt(12); count > 0; count--) {
            set.put(random.nextInt(9) == 0 ? "content-length" : "x-" + random.nextInt(40), text());
        }
        Set<String> remove = new TreeSet<>();
        for (int count = random.nextInt(6); count > 0; count--) {
            remove.add(List.of("host", ":path", "x-a", "x-b", "x-" + random.nextInt(40))
                    .get(random.nextInt(5)));
        }
        return new HeaderEdits(set, remove);
    }

    private String text() {
        int length = SIZES.get(random.nextInt(random.nextInt(4) == 0 ? SIZES.size() : 5));
        return switch (random.nextInt(3)) {
            case 0 -> "é€😀".repeat(length / 3);
            default -> "x".repeat(length);
        };
    }

    private static Struct note(CallMetadata.InSession call) {
        Struct.Builder values = Struct.newBuilder();
        put(values, "session", call.clientToken());
        put(values, "sid", call.session().value());
        put(values, "server", call.server().value());
        put(values, "backend", call.serverSession().id().orElseThrow());
        put(values, "protocol", "2025-11-25");
        put(values, "id", "7");
        if (call.onlyJson()) {
            put(values, "json", "1");
        }
        return Struct.newBuilder()
                .putFields("mcp", Value.newBuilder().setStructValue(values).build())
                .build();
    }

    private static void put(Struct.Builder values, String key, String text) {
        values.putFields(key, Value.newBuilder().setStringValue(text).build());
    }

    private static ProcessingResponse headers(HeaderEdits edits, Struct note) {
        ProcessingResponse.Builder reply = ProcessingResponse.newBuilder()
                .setRequestHeaders(HeadersResponse.newBuilder().setResponse(changes(edits)));
        return note.equals(Struct.getDefaultInstance())
                ? reply.build()
                : reply.setDynamicMetadata(note).build();
    }

    private static ProcessingResponse firstChunk(Optional<RawJson> body) {
        return body.map(changed -> requestBody(CommonResponse.newBuilder()
                        .setBodyMutation(BodyMutation.newBuilder().setBody(ByteString.copyFrom(changed.bytes())))))
                .orElseGet(() -> requestBody(null));
    }

    private static ProcessingResponse laterChunk(Optional<RawJson> body) {
        return body.isEmpty()
                ? requestBody(null)
                : requestBody(CommonResponse.newBuilder()
                        .setBodyMutation(BodyMutation.newBuilder().setClearBody(true)));
    }

    private static ProcessingResponse bufferedBody(HeaderEdits edits, Optional<RawJson> body, Struct note) {
        CommonResponse.Builder changes = changes(edits);
        body.ifPresent(changed -> {
            changes.setBodyMutation(BodyMutation.newBuilder().setBody(ByteString.copyFrom(changed.bytes())));
            changes.getHeaderMutationBuilder().addSetHeaders(set("content-length", Integer.toString(changed.length())));
        });
        return requestBody(changes).toBuilder().setDynamicMetadata(note).build();
    }

    private static ProcessingResponse requestBody(CommonResponse.@Nullable Builder changes) {
        BodyResponse.Builder body = BodyResponse.newBuilder();
        if (changes != null) {
            body.setResponse(changes);
        }
        return ProcessingResponse.newBuilder().setRequestBody(body).build();
    }

    private static BodyMutation piece(byte[] bytes) {
        return bytes.length == 0
                ? BodyMutation.newBuilder().setClearBody(true).build()
                : BodyMutation.newBuilder().setBody(ByteString.copyFrom(bytes)).build();
    }

    private static CommonResponse.Builder changes(HeaderEdits edits) {
        HeaderMutation.Builder mutation = HeaderMutation.newBuilder();
        edits.remove().stream()
                .filter(name -> !name.startsWith(":") && !name.equals("host"))
                .forEach(mutation::addRemoveHeaders);
        edits.set().forEach((name, value) -> {
            if (!name.equals("content-length")) {
                mutation.addSetHeaders(set(name, value));
            }
        });
        return CommonResponse.newBuilder().setHeaderMutation(mutation).setClearRouteCache(true);
    }

    private static ProcessingResponse immediate(Refusal refusal) {
        return ProcessingResponse.newBuilder()
                .setImmediateResponse(ImmediateResponse.newBuilder()
                        .setStatus(HttpStatus.newBuilder().setCodeValue(refusal.status()))
                        .setHeaders(
                                HeaderMutation.newBuilder().addSetHeaders(set("content-type", refusal.contentType())))
                        .setBody(ByteString.copyFrom(refusal.body().bytes()))
                        .setDetails("mcp_gateway_" + Reasons.ofStatus(refusal.status())))
                .build();
    }

    private static HeaderValueOption set(String name, String value) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setRawValue(ByteString.copyFromUtf8(value)))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                .build();
    }
}
