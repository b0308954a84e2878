package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.client.call.CallListener;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import io.mcpgateway.broker.translation.LegacyMessage;
import io.mcpgateway.broker.translation.LegacyReply;
import io.mcpgateway.broker.translation.ServerAsk;
import java.util.Optional;

/**
 * Takes what a server sends in front of its reply. What the client cannot be asked is declined at once, so the server
 * does not wait for it.
 */
record ServerListener(ServerLeg leg, Dialogue dialogue) implements CallListener {
    private static final RawJson EMPTY = RawJson.of("{}");
    private static final JsonRpcError UNKNOWN = new JsonRpcError(JsonRpcCodes.METHOD_NOT_FOUND, "Method not found");

    /** The client gets a stream when there is something for it. */
    @Override
    public void opened() {}

    @Override
    public void message(RawJson message) throws InterruptedException {
        switch (LegacyMessage.of(message)) {
            case LegacyMessage.Asked(ServerAsk ask) -> asked(ask);
            case LegacyMessage.Ping(JsonRpcId ping) -> reply(JsonRpcText.result(ping, EMPTY));
            case LegacyMessage.Unanswerable(JsonRpcId request, String _) -> reply(JsonRpcText.error(request, UNKNOWN));
            case LegacyMessage.Withdrawn(JsonRpcId ask) -> dialogue.withdrawn(ask);
            case LegacyMessage.Notice(RawJson notice) -> notified(notice);
            case LegacyMessage.Noise _ -> {}
        }
    }

    private void asked(ServerAsk ask) throws InterruptedException {
        ClientsCall call = dialogue.latest();
        Optional<String> impossible = LegacyReply.MAY_ASK.contains(
                        call.message().method())
                ? ask.undeclared(call.features()).map(feature -> "the client does not support " + feature)
                : Optional.of("nothing can be asked during " + call.message().method());
        if (impossible.isPresent() || !dialogue.asked(ask)) {
            reply(ask.declined(impossible.orElse("too many questions at a time")));
        }
    }

    /** What becomes of it shows in the server's answer. */
    private void reply(RawJson reply) throws InterruptedException {
        leg.tell(dialogue.latest(), reply);
    }

    private void notified(RawJson notice) throws InterruptedException {
        Optional<Attendance> hearing = dialogue.hearing(notice);
        if (hearing.isPresent()) {
            Optional<RawJson> wanted = hearing.get().call().notices().forClient(notice);
            if (wanted.isPresent()) {
                hearing.get().answer().offer(wanted.get());
            }
        }
    }
}
