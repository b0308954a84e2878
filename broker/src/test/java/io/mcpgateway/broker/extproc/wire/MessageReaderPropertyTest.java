package io.mcpgateway.broker.extproc.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpTrailers;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;
import io.grpc.StatusRuntimeException;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Whatever bytes come, our reader makes the same of them as the generated class, or leaves them to it. */
class MessageReaderPropertyTest {
    private static final List<String> NAMES = List.of(
            ":method",
            ":path",
            ":authority",
            ":status",
            ":scheme",
            "accept",
            "content-type",
            "mcp-session-id",
            "Mcp-Name",
            "x-other",
            "x-request-id",
            "host",
            "",
            "ü",
            "a b",
            "origin",
            "mcp-method");
    private static final List<String> VALUES =
            List.of("", "POST", "GET", "/mcp", "a", "ü€😀", "mcp.example.com:8001", "x".repeat(200), "200", " a ");

    private final Random random = new Random(20_261_201);
    private int usual;
    private int leftToTheGeneratedClass;
    private int refused;

    @Test
    void aMessageIsTheSameAsOfTheGeneratedClass() throws InvalidProtocolBufferException {
        for (int round = 0; round < 6_000; round++) {
            byte[] bytes = message().toByteArray();

            assertThat(described(ours(bytes)))
                    .as("round %d", round)
                    .isEqualTo(described(EnvoyMessage.of(ProcessingRequest.parseFrom(bytes))));
            if (MessageReader.read(bytes).isPresent()) {
                usual++;
            } else {
                leftToTheGeneratedClass++;
            }
        }

        assertThat(usual).isGreaterThan(600);
        assertThat(leftToTheGeneratedClass).isGreaterThan(600);
    }

    @Test
    void damagedBytesAreReadTheSameOrNotAtAll() {
        int read = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = damaged(message());
            Optional<String> expected = described(bytes);
            try {
                assertThat(Optional.of(described(ours(bytes))))
                        .as("round %d", round)
                        .isEqualTo(expected);
                read++;
            } catch (StatusRuntimeException notAMessage) {
                assertThat(expected).as("round %d", round).isEmpty();
                refused++;
            }
        }

        assertThat(read).isGreaterThan(1_500);
        assertThat(refused).isGreaterThan(1_500);
    }

    private static Optional<String> described(byte[] bytes) {
        try {
            return Optional.of(described(EnvoyMessage.of(ProcessingRequest.parseFrom(bytes))));
        } catch (InvalidProtocolBufferException notAMessage) {
            return Optional.empty();
        }
    }

    private static EnvoyMessage ours(byte[] bytes) {
        return ProcessMethod.descriptor().parseRequest(new ByteArrayInputStream(bytes));
    }

    /** Headers have no equality of their own, and bytes no text of their own. */
    private static String described(EnvoyMessage message) {
        return switch (message) {
            case EnvoyMessage.RequestHead(EnvoyHeaders headers, boolean end, BodyProtocol protocol) ->
                String.join(" | ", headers.method(), headers.path(), headers.authority(), headers.statusText())
                        + all(headers.headers())
                        + end
                        + protocol;
            case EnvoyMessage.RequestBody(ByteString bytes, boolean end) ->
                "request " + Arrays.toString(bytes.toByteArray()) + end;
            case EnvoyMessage.ResponseBody(ByteString bytes, boolean end) ->
                "response " + Arrays.toString(bytes.toByteArray()) + end;
            default -> message.toString();
        };
    }

    private static Map<String, List<String>> all(RequestHeaders headers) {
        Map<String, List<String>> all = new TreeMap<>();
        headers.names().forEach(name -> all.put(name, headers.all(name)));
        return all;
    }

    private byte[] damaged(ProcessingRequest message) {
        byte[] bytes = message.toByteArray();
        if (bytes.length == 0) {
            return bytes;
        }
        byte[] cut = random.nextBoolean()
                ? ByteString.copyFrom(bytes, 0, random.nextInt(bytes.length)).toByteArray()
                : bytes;
        for (int times = random.nextInt(4); times > 0 && cut.length > 0; times--) {
            cut[random.nextInt(cut.length)] = (byte) random.nextInt(random.nextBoolean() ? 256 : 16);
        }
        return cut;
    }

    private ProcessingRequest message() {
        ProcessingRequest.Builder message = ProcessingRequest.newBuilder();
        switch (random.nextInt(8)) {
            case 0 -> message.setResponseHeaders(headers());
            case 1 -> message.setRequestTrailers(HttpTrailers.getDefaultInstance());
            case 2 -> message.setResponseBody(body());
            case 3, 4 -> message.setRequestBody(body());
            default -> message.setRequestHeaders(headers());
        }
        if (random.nextInt(3) > 0) {
            message.setProtocolConfig(ProtocolConfiguration.newBuilder()
                    .setRequestBodyModeValue(rarely() ? random.nextInt(9) : 1)
                    .setResponseBodyModeValue(random.nextInt(3))
                    .setSendBodyWithoutWaitingForHeaderResponse(!rarely()));
        }
        if (random.nextBoolean()) {
            message.setMetadataContext(
                    rarely()
                            ? Metadata.newBuilder()
                                    .putFilterMetadata("mcp", Struct.getDefaultInstance())
                                    .build()
                            : Metadata.getDefaultInstance());
        }
        if (rarely()) {
            message.setUnknownFields(UnknownFieldSet.newBuilder()
                    .addField(
                            90, UnknownFieldSet.Field.newBuilder().addVarint(7).build())
                    .build());
        }
        if (rarely()) {
            message.putAttributes("a", Struct.getDefaultInstance());
        }
        return message.build();
    }

    private HttpBody body() {
        return HttpBody.newBuilder()
                .setBody(ByteString.copyFromUtf8(pick(VALUES)))
                .setEndOfStream(random.nextBoolean())
                .build();
    }

    private HttpHeaders headers() {
        HeaderMap.Builder map = HeaderMap.newBuilder();
        for (int count = random.nextInt(30); count > 0; count--) {
            HeaderValue.Builder header =
                    HeaderValue.newBuilder().setKey(rarely() ? pick(NAMES) : pick(NAMES.subList(0, 8)));
            if (rarely()) {
                header.setValue(pick(VALUES));
            }
            map.addHeaders(header.setRawValue(
                    rarely()
                            ? ByteString.copyFrom(new byte[] {(byte) 0xff, 'a'})
                            : ByteString.copyFromUtf8(pick(VALUES))));
        }
        return HttpHeaders.newBuilder()
                .setHeaders(map)
                .setEndOfStream(random.nextBoolean())
                .build();
    }

    private boolean rarely() {
        return random.nextInt(24) == 0;
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
