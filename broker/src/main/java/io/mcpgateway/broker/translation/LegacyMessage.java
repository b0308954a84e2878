package io.mcpgateway.broker.translation;

import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.McpMethod;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What a legacy server sends in front of its reply to a call. */
public sealed interface LegacyMessage {
    /** The client is asked for something. */
    record Asked(ServerAsk ask) implements LegacyMessage {
        public Asked {
            Objects.requireNonNull(ask, "ask");
        }
    }

    record Ping(JsonRpcId id) implements LegacyMessage {
        public Ping {
            Objects.requireNonNull(id, "id");
        }
    }

    /** A request that no modern client can answer. */
    record Unanswerable(JsonRpcId id, String method) implements LegacyMessage {
        public Unanswerable {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(method, "method");
        }
    }

    /** The server does not want the reply to this request of its any more. */
    record Withdrawn(JsonRpcId ask) implements LegacyMessage {
        public Withdrawn {
            Objects.requireNonNull(ask, "ask");
        }
    }

    /** Some other notification. */
    record Notice(RawJson message) implements LegacyMessage {
        public Notice {
            Objects.requireNonNull(message, "message");
        }
    }

    /** Not a message of MCP. */
    record Noise() implements LegacyMessage {}

    /** What a server may ask for. */
    Set<McpMethod> ASKED_FOR = Set.of(McpMethod.ELICIT, McpMethod.CREATE_MESSAGE, McpMethod.LIST_ROOTS);

    /**
     * Reads a message.
     *
     * @param message any bytes
     */
    static LegacyMessage of(RawJson message) {
        Optional<ObjectSpans> members = ObjectSpans.of(message);
        Optional<String> method =
                members.flatMap(object -> object.find("method")).flatMap(found -> Scalars.text(found.in(message)));
        if (method.isEmpty() || members.get().repeats()) {
            return new Noise();
        }
        Optional<RawJson> params =
                members.flatMap(object -> object.find("params")).map(found -> found.in(message));
        Optional<McpMethod> known = McpMethod.of(method.get());
        Optional<RawJson> id = members.flatMap(object -> object.find("id")).map(found -> found.in(message));
        if (id.isPresent()) {
            return id.flatMap(LegacyMessage::id)
                    .map(read -> request(read, method.get(), known, params))
                    .orElseGet(Noise::new);
        }
        if (known.filter(McpMethod.CANCELLED::equals).isPresent()) {
            return params.flatMap(ObjectSpans::of)
                    .flatMap(object -> object.find("requestId"))
                    .flatMap(found -> id(found.in(params.orElseThrow())))
                    .<LegacyMessage>map(Withdrawn::new)
                    .orElseGet(Noise::new);
        }
        return new Notice(message);
    }

    private static LegacyMessage request(
            JsonRpcId id, String method, Optional<McpMethod> known, Optional<RawJson> params) {
        if (known.filter(McpMethod.PING::equals).isPresent()) {
            return new Ping(id);
        }
        boolean readable = params.map(ObjectSpans::of).map(Optional::isPresent).orElse(true);
        return known.filter(ASKED_FOR::contains)
                .filter(_ -> readable)
                .<LegacyMessage>map(asked -> new Asked(new ServerAsk(id, asked, params)))
                .orElseGet(() -> new Unanswerable(id, method));
    }

    /** A string or a number. */
    private static Optional<JsonRpcId> id(RawJson value) {
        String json = value.toString();
        return json.startsWith("\"") || json.startsWith("-") || Character.isDigit(json.charAt(0))
                ? Optional.of(new JsonRpcId(json))
                : Optional.empty();
    }
}
