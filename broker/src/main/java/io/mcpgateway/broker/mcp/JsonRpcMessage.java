package io.mcpgateway.broker.mcp;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import java.util.Objects;
import java.util.Optional;

/**
 * What one POST body says, read once and strictly (JSON-RPC 2.0 as narrowed by MCP 2025-11-25, "Messages": no
 * batches, ids never null).
 */
public sealed interface JsonRpcMessage {
    /** A message that expects an answer. */
    record Request(JsonRpcId id, String method, Params params) implements JsonRpcMessage {
        public Request {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(params, "params");
        }
    }

    /** A message without id. */
    record Notification(String method, Params params) implements JsonRpcMessage {
        public Notification {
            Objects.requireNonNull(method, "method");
            Objects.requireNonNull(params, "params");
        }
    }

    /** A client's answer to a request that a server sent: result or error, no method. */
    record Reply(JsonRpcId id, boolean error) implements JsonRpcMessage {
        public Reply {
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * Not a message we accept. {@code id} is the message's id where it could still be read, else {@link JsonRpcId#NONE}.
     *
     * @param error the JSON-RPC error to answer with; its text names the cause
     */
    record Malformed(JsonRpcError error, JsonRpcId id) implements JsonRpcMessage {
        public Malformed {
            Objects.requireNonNull(error, "error");
            Objects.requireNonNull(id, "id");
        }
    }

    /**
     * The parts of {@code params} that routing reads. A member of another type than string counts as absent here and
     * is checked where it is needed.
     *
     * @param name {@code params.name} (tools/call, prompts/get)
     * @param uri {@code params.uri} (resources/*)
     * @param reference {@code params.ref} (completion/complete)
     * @param taskId {@code params.taskId} (tasks/*, SEP-2663)
     * @param requestState {@code params.requestState} (MCP 2026-07-28, "Multi Round-Trip Requests")
     * @param task removes {@code params.task} from the message, if it is there (MCP 2025-11-25, "Tasks")
     * @param meta what {@code params._meta} says about the request itself
     */
    record Params(
            Optional<TextSpan> name,
            Optional<TextSpan> uri,
            Reference reference,
            Optional<TextSpan> taskId,
            Optional<TextSpan> requestState,
            Optional<Splice> task,
            Meta meta) {
        public static final Params NONE = new Params(
                Optional.empty(),
                Optional.empty(),
                Reference.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Meta.NONE);

        public Params {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(uri, "uri");
            Objects.requireNonNull(reference, "reference");
            Objects.requireNonNull(taskId, "taskId");
            Objects.requireNonNull(requestState, "requestState");
            Objects.requireNonNull(task, "task");
            Objects.requireNonNull(meta, "meta");
        }
    }

    /**
     * What a request says about itself (MCP 2026-07-28 and later, {@code _meta}); all empty in older ones. A member of
     * another type than the specification gives it counts as absent.
     *
     * @param clientCapabilities the JSON object, byte for byte
     * @param clientInfo the JSON object, byte for byte
     */
    record Meta(
            Optional<String> protocolVersion,
            Optional<RawJson> clientCapabilities,
            Optional<RawJson> clientInfo,
            Optional<String> logLevel) {
        public static final Meta NONE =
                new Meta(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        public Meta {
            Objects.requireNonNull(protocolVersion, "protocolVersion");
            Objects.requireNonNull(clientCapabilities, "clientCapabilities");
            Objects.requireNonNull(clientInfo, "clientInfo");
            Objects.requireNonNull(logLevel, "logLevel");
        }
    }

    /** The members of {@code params.ref}; all empty if there is none. */
    record Reference(Optional<String> type, Optional<TextSpan> name, Optional<TextSpan> uri) {
        public static final Reference NONE = new Reference(Optional.empty(), Optional.empty(), Optional.empty());

        public Reference {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(uri, "uri");
        }
    }
}
