package io.mcpgateway.broker.translation;

import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.Objects;
import java.util.Optional;

/** What a legacy client replied to a {@link Question}, as its server gets it with the next round. */
public sealed interface ClientReply {
    /** The input response, byte for byte: what was accepted, or that the user declined. */
    record Given(RawJson response) implements ClientReply {
        public Given {
            Objects.requireNonNull(response, "response");
        }
    }

    /** An error for which modern revisions have no input response. */
    record Refused(String message) implements ClientReply {
        public Refused {
            Objects.requireNonNull(message, "message");
        }
    }

    /** An elicitation that fails in the client is one that the user dismissed (MCP 2026-07-28, "Response Actions"). */
    RawJson DISMISSED = RawJson.of("{\"action\":\"cancel\"}");

    /**
     * What the reply to a question means.
     *
     * @param reply as the client sent it, and the strict parser accepted it
     */
    static ClientReply of(McpMethod asked, RawJson reply) {
        Optional<ObjectSpans> message = ObjectSpans.of(reply);
        Optional<RawJson> result =
                message.flatMap(object -> object.find("result")).map(found -> found.in(reply));
        if (result.isPresent()) {
            return new Given(result.get());
        }
        if (asked == McpMethod.ELICIT) {
            return new Given(DISMISSED);
        }
        return new Refused(message.flatMap(object -> object.find("error"))
                .flatMap(found -> ObjectSpans.of(reply, found))
                .flatMap(error -> error.find("message"))
                .flatMap(found -> Scalars.text(found.in(reply)))
                .orElse(""));
    }
}
