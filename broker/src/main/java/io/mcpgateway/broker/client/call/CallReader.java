package io.mcpgateway.broker.client.call;

import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.client.EventReader;
import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.client.ReplyReader;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.MessageSpans;
import io.mcpgateway.broker.transport.Encodings;
import io.mcpgateway.broker.transport.IncomingResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Reads the answer to one call, whose messages stay as the server sent them.
 *
 * @param place keeps how far it was read
 */
public record CallReader(HttpLimits limits, CallListener listener, EventReader.Progress place) {
    /** The stream ended before the reply, which some servers want to be asked for: see {@link CallResumption}. */
    static final McpOutcome.Failure ENDED =
            new McpOutcome.ProtocolViolation("the event stream ended without a response");

    /** For a server whose streams cannot go on elsewhere. */
    public CallReader(HttpLimits limits, CallListener listener) {
        this(limits, listener, new EventReader.Progress());
    }

    /** How the call ends; the stream is closed by whoever calls this. */
    public CallOutcome read(IncomingResponse response) throws IOException, InterruptedException {
        int status = response.status();
        boolean success = status >= 200 && status < 300;
        if (status == 401 || status == 403) {
            return new CallOutcome.Refused(status, response.first(StandardHeaders.WWW_AUTHENTICATE));
        }
        if (!Encodings.readable(response)) {
            return failed("the response is compressed, although the gateway did not ask for it");
        }
        if (success && ReplyReader.isEventStream(response)) {
            listener.opened();
            return stream(status, Encodings.decoded(response));
        }
        byte[] body = Encodings.decoded(response).readNBytes(limits.maxResponseBytes());
        if (body.length == limits.maxResponseBytes()) {
            return tooLarge();
        }
        RawJson message = RawJson.owning(body);
        return MessageSpans.isReply(message)
                ? new CallOutcome.Replied(status, message)
                : new CallOutcome.Refused(status, Optional.empty());
    }

    private CallOutcome stream(int status, InputStream body) throws IOException, InterruptedException {
        return EventReader.<CallOutcome>until(
                        body,
                        limits,
                        Long.MAX_VALUE,
                        event -> reply(status, RawJson.of(event.data())),
                        tooLarge(),
                        place)
                .orElseGet(() -> new CallOutcome.Failed(ENDED));
    }

    private Optional<CallOutcome> reply(int status, RawJson message) throws InterruptedException {
        if (MessageSpans.isReply(message)) {
            return Optional.of(new CallOutcome.Replied(status, message));
        }
        listener.message(message);
        return Optional.empty();
    }

    private CallOutcome tooLarge() {
        return failed("the response is larger than the limit of " + limits.maxResponseBytes() + " bytes");
    }

    private static CallOutcome failed(String why) {
        return new CallOutcome.Failed(new McpOutcome.ProtocolViolation(why));
    }
}
