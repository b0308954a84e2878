package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.catalog.ViewRequest;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.mcp.JsonRpcMessage;
import java.util.Objects;

/** What a modern message gets. */
sealed interface ModernAnswer {
    record Whole(HttpAnswer answer) implements ModernAnswer {
        public Whole {
            Objects.requireNonNull(answer, "answer");
        }
    }

    /** A call that the router left to the broker, and that has to be made. */
    record Call(JsonRpcMessage.Request request, ViewRequest seen) implements ModernAnswer {
        public Call {
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(seen, "seen");
        }
    }

    /** A stream that is open already, and has to be run. */
    record Stream(Subscription subscription) implements ModernAnswer {
        public Stream {
            Objects.requireNonNull(subscription, "subscription");
        }
    }
}
