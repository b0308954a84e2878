package io.mcpgateway.broker.bridge;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.session.GatewaySessionId;
import java.util.Optional;

/** What one replica tells another one about its calls. */
sealed interface Letter {
    /** A client's reply to a question of a call. */
    record Reply(QuestionId question, RawJson reply) implements Letter {}

    /** A client cancelled its call with this id. */
    record Cancelled(GatewaySessionId session, JsonRpcId call) implements Letter {}

    /** A session has ended. */
    record Ended(GatewaySessionId session) implements Letter {}

    /** As text: a kind, what it is about, and the rest, one line each. */
    default String text() {
        return switch (this) {
            case Reply(QuestionId question, RawJson reply) -> "reply\n" + question.text() + "\n" + reply;
            case Cancelled(GatewaySessionId session, JsonRpcId call) ->
                "cancelled\n" + session.value() + "\n" + call.json();
            case Ended(GatewaySessionId session) -> "ended\n" + session.value() + "\n";
        };
    }

    /** Empty for what no replica wrote. */
    static Optional<Letter> of(String text) {
        String[] lines = text.split("\n", 3);
        if (lines.length < 3) {
            return Optional.empty();
        }
        return switch (lines[0]) {
            case "reply" -> QuestionId.of(lines[1]).map(question -> new Reply(question, RawJson.of(lines[2])));
            case "cancelled" -> Optional.of(new Cancelled(new GatewaySessionId(lines[1]), new JsonRpcId(lines[2])));
            case "ended" -> Optional.of(new Ended(new GatewaySessionId(lines[1])));
            default -> Optional.empty();
        };
    }
}
