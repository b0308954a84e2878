package io.mcpgateway.broker.endpoint.modern;

import io.mcpgateway.broker.http.HttpAnswer;
import java.util.Objects;

/** What a modern message gets. */
sealed interface ModernAnswer {
    record Whole(HttpAnswer answer) implements ModernAnswer {
        public Whole {
            Objects.requireNonNull(answer, "answer");
        }
    }

    /** A stream that is open already, and has to be run. */
    record Stream(Subscription subscription) implements ModernAnswer {
        public Stream {
            Objects.requireNonNull(subscription, "subscription");
        }
    }
}
