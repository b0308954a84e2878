package io.mcpgateway.broker.client.modern;

import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.json.RawJson;
import java.util.Objects;
import java.util.Optional;

/** How a request ended. */
public sealed interface ModernReply {
    /**
     * The server's {@code result}, byte for byte.
     *
     * @param resultType what kind of result it is (MCP 2026-07-28, "ResultType"); {@code complete} if it does not say
     */
    record Result(RawJson result, String resultType) implements ModernReply {
        public Result {
            Objects.requireNonNull(result, "result");
            Objects.requireNonNull(resultType, "resultType");
        }

        public boolean isComplete() {
            return resultType.equals(McpResults.COMPLETE);
        }
    }

    /**
     * A JSON-RPC error, as the server wrote it.
     *
     * @param status of the HTTP response: success, or an error of the request itself, such as 400 or 404
     */
    record Refused(int status, int code, String message, Optional<RawJson> data) implements ModernReply {
        public Refused {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(data, "data");
        }
    }

    /** No JSON-RPC response: another HTTP status, no connection, too late, or nothing that MCP allows. */
    record Failed(McpOutcome.Failure failure) implements ModernReply {
        public Failed {
            Objects.requireNonNull(failure, "failure");
        }
    }
}
