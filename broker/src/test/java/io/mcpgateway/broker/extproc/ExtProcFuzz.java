package io.mcpgateway.broker.extproc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpTrailers;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One gRPC stream with whatever messages in whatever order and whatever headers: no message gets two answers, none
 * gets one of another kind, and the stream ends well. The first byte chooses how requests are decided, each further
 * one is a message; some take the bytes that follow.
 */
public final class ExtProcFuzz {
    public static final List<String> SEEDS = List.of(
            "0abd",
            "1ae",
            "2ce",
            "3af",
            "4ae",
            "2cbdhij",
            "2a\u0003abcdeh",
            "0kx-mcp-toolname:1;:path:/mcp\nd",
            "4lqh",
            "2ci");

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final List<String> KINDS = List.of(
            "h", "b", "hb", "B", "H", "Hb", "rh", "rh404", "rb", "rt", "h0", "h8", "t", "?", "BB", "h-old", "h-fds");
    private static final FakeDispatcher DISPATCHER = new FakeDispatcher();
    private static final Processor PROCESSOR = new Processor(DISPATCHER, 1000);
    private static final int MAX_MESSAGES = 32;

    private ExtProcFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        DISPATCHER.heads.clear();
        DISPATCHER.bodies.clear();
        DISPATCHER.lost.clear();
        decide(input[0] % 5);
        List<ProcessingRequest> messages = messages(input);
        Processor.Stream stream = PROCESSOR.open();
        messages.forEach(stream::send);
        stream.halfClose();

        assertThat(stream.ended).succeedsWithin(SOON).isEqualTo(Status.OK);
        List<String> owed =
                new ArrayList<>(messages.stream().map(EnvoyMessages::replyTo).toList());
        List<String> replies = stream.names();
        for (int index = 0; index < replies.size(); index++) {
            boolean last = index == replies.size() - 1;
            assertThat(owed.remove(replies.get(index))
                            || (last && replies.get(index).startsWith("!")))
                    .as("%s answers one of %s", replies, messages)
                    .isTrue();
        }
    }

    private static void decide(int choice) {
        DISPATCHER.withoutBody = () -> choice == 1 ? FakeDispatcher.reject(405) : FakeDispatcher.toBroker();
        DISPATCHER.withBody = body -> switch (choice) {
            case 1 -> FakeDispatcher.reject(404);
            case 2 -> FakeDispatcher.forward(Optional.of(body));
            case 3 -> FakeDispatcher.forward(Optional.empty());
            case 4 -> FakeDispatcher.callServer(body);
            default -> FakeDispatcher.toBroker();
        };
    }

    private static List<ProcessingRequest> messages(byte[] input) {
        List<ProcessingRequest> messages = new ArrayList<>();
        for (int index = 1; index < input.length && messages.size() < MAX_MESSAGES; index++) {
            int kind = input[index] & 0x1f;
            if (kind <= KINDS.size() && kind > 0) {
                messages.add(EnvoyMessages.message(KINDS.get(kind - 1)));
            } else {
                int length = Math.min(kind * 2, input.length - index - 1);
                messages.add(raw(kind, ByteString.copyFrom(input, index + 1, length)));
                index += length;
            }
        }
        return messages;
    }

    private static ProcessingRequest raw(int kind, ByteString bytes) {
        ProcessingRequest.Builder message = ProcessingRequest.newBuilder().setProtocolConfig(EnvoyMessages.streamed());
        HeaderMap headers = headers(bytes);
        return switch (kind % 5) {
            case 0 ->
                message.setRequestHeaders(HttpHeaders.newBuilder().setHeaders(headers))
                        .build();
            case 1 ->
                message.setRequestBody(HttpBody.newBuilder().setBody(bytes).setEndOfStream(true))
                        .build();
            case 2 ->
                message.setResponseHeaders(HttpHeaders.newBuilder().setHeaders(headers))
                        .setMetadataContext(EnvoyMessages.responseHeaders(200, Map.of("mcp", noted(bytes)))
                                .getMetadataContext())
                        .build();
            case 3 ->
                message.setResponseBody(HttpBody.newBuilder().setBody(bytes)).build();
            default ->
                message.setRequestTrailers(HttpTrailers.newBuilder().setTrailers(headers))
                        .build();
        };
    }

    private static Struct noted(ByteString bytes) {
        return bytes.isEmpty()
                ? Struct.getDefaultInstance()
                : EnvoyMessages.metadata(FakeDispatcher.METADATA, Optional.empty(), Map.of())
                        .getFieldsOrThrow("mcp")
                        .getStructValue();
    }

    /** Of pieces like {@code name:value;}, after what every request has. */
    private static HeaderMap headers(ByteString bytes) {
        HeaderMap.Builder headers = EnvoyMessages.headerMap(
                Map.of(":method", "POST", ":path", "/mcp", ":status", "200", "content-type", "text/event-stream"))
                .toBuilder();
        for (String piece :
                bytes.toString(java.nio.charset.StandardCharsets.ISO_8859_1).split(";", 8)) {
            String[] parts = piece.split(":", 2);
            headers.addHeaders(HeaderValue.newBuilder()
                    .setKey(parts[0])
                    .setRawValue(ByteString.copyFrom(
                            parts.length > 1 ? parts[1] : "", java.nio.charset.StandardCharsets.ISO_8859_1)));
        }
        return headers.build();
    }
}
