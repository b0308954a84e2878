package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.RequestOrigin;
import io.mcpgateway.broker.router.ServerMessages;
import io.mcpgateway.broker.router.ServerRequestIds;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.sse.MessageEdit;
import io.mcpgateway.broker.sse.SseDecoder;
import io.mcpgateway.broker.sse.SseEvent;
import io.mcpgateway.broker.sse.SseRewriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Event streams of servers: in whatever pieces they come, they are read and changed in the same way. */
public final class EventStreamFuzz {
    /** The first character says into how long pieces the rest is cut. */
    static final List<String> SEEDS = List.of(
            "\u0003event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n",
            "\u0001\ufeffid: 1\r\nretry: 5\r\ndata:{\"jsonrpc\":\"2.0\",\"id\":\"q\",\"method\":\"ping\"}\r\n\r\n: c\r\n\r\n",
            "\u0007data: {\"jsonrpc\":\"2.0\",\ndata: \"id\":2,\"method\":\"roots/list\"}\n\ndata\n\ndata: x\r\rid\n",
            "\u0002data: {\"id\":9,\"method\":\"elicitation/create\",\"params\":{\"message\":\"\\u00e9\"},\"jsonrpc\":\"2.0\"}",
            " :\n\n\n\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":2}}\n\n");

    private static final int MAX_EVENT = 512;
    private static final MessageEdit EDIT = new ServerMessages(
            ServerRequestIds.withKey(new byte[32]),
            RequestOrigin.of(new CallMetadata.InSession(
                    "token",
                    new GatewaySessionId("jti"),
                    new ServerKey("ns/one@1"),
                    new ServerSession(Optional.of("b"), "2025-06-18"))));

    private EventStreamFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int piece = Math.max(1, input[0] & 0x3f);
        assertThat(decoded(input, piece)).isEqualTo(decoded(input, input.length));
        assertThat(rewritten(MessageEdit.NONE, input, piece)).isEqualTo(rest(input));
        byte[] whole = rewritten(EDIT, input, input.length);
        assertThat(rewritten(EDIT, input, piece)).isEqualTo(whole);
        assertThat(types(whole, 0)).isEqualTo(types(input, 1));
    }

    private static List<SseEvent> decoded(byte[] input, int piece) {
        SseDecoder decoder = SseDecoder.withLimit(MAX_EVENT);
        List<SseEvent> events = new ArrayList<>();
        for (int from = 1; from < input.length; from += piece) {
            events.addAll(decoder.decode(input, from, Math.min(input.length, from + piece)));
        }
        decoder.finish().ifPresent(events::add);
        return events;
    }

    private static byte[] rewritten(MessageEdit edit, byte[] input, int piece) {
        SseRewriter rewriter = SseRewriter.of(edit, MAX_EVENT);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = 1; from < input.length; from += piece) {
            out.writeBytes(rewriter.pass(input, from, Math.min(input.length, from + piece)));
        }
        out.writeBytes(rewriter.finish());
        return out.toByteArray();
    }

    /** Ids may change, and nothing of what the stream is made of. */
    private static List<String> types(byte[] stream, int from) {
        SseDecoder decoder = SseDecoder.withLimit(1 << 20);
        List<SseEvent> events = new ArrayList<>(decoder.decode(stream, from, stream.length));
        decoder.finish().ifPresent(events::add);
        return events.stream().map(event -> event.type() + " " + event.id()).toList();
    }

    private static byte[] rest(byte[] input) {
        return java.util.Arrays.copyOfRange(input, 1, input.length);
    }
}
