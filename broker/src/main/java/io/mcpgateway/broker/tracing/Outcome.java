package io.mcpgateway.broker.tracing;

import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.http.HttpAnswer;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.refusal.ErrorCode;
import io.mcpgateway.broker.refusal.Refusal;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What became of a client's message. Pure.
 *
 * @param status of HTTP
 * @param code of the JSON-RPC error, if it is one
 * @param error the kind of error, if it is one
 */
record Outcome(int status, Optional<String> code, Optional<String> error) {
    private static final int LEAST_ERROR = 400;
    /** Longer ones are lists and what tools return. */
    private static final int MOST_READ = 64 * 1024;

    private static final int ACCEPTED = 202;
    static final String CANCELLED = "cancelled";
    private static final String TOOL_ERROR = "tool_error";

    Outcome {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(error, "error");
    }

    static Outcome of(Refusal refusal) {
        return coded(refusal.status(), ErrorCode.of(refusal.body()));
    }

    /** Of an answer whose body is not read. */
    static Outcome of(int status) {
        return coded(status, Optional.empty());
    }

    /** Of a request that got no answer, because its client does not want one any more. */
    static Outcome cancelled(int status) {
        return new Outcome(status, Optional.empty(), Optional.of(CANCELLED));
    }

    /** @param request whether an answer is expected: if so, none means that the client has cancelled its request */
    static Outcome of(HttpAnswer answer, boolean request) {
        if (request && answer.status() == ACCEPTED) {
            return cancelled(answer.status());
        }
        return answer.content().length() > MOST_READ ? of(answer.status()) : of(answer.status(), answer.body());
    }

    /** @param message the JSON-RPC message of the answer, or what is there in its place */
    static Outcome of(int status, RawJson message) {
        Outcome outcome = coded(status, ErrorCode.of(message));
        return outcome.error().isEmpty() && isToolError(message)
                ? new Outcome(status, Optional.empty(), Optional.of(TOOL_ERROR))
                : outcome;
    }

    private static Outcome coded(int status, Optional<String> code) {
        return new Outcome(
                status,
                code,
                code.or(() -> status >= LEAST_ERROR ? Optional.of(Integer.toString(status)) : Optional.empty()));
    }

    private static boolean isToolError(RawJson answer) {
        AtomicBoolean found = new AtomicBoolean();
        ObjectMembers.Visitor result = (name, value) -> {
            found.compareAndSet(false, name.equals("isError") && value.currentToken() == JsonToken.VALUE_TRUE);
            return true;
        };
        answer.read(bytes -> ObjectMembers.read(bytes, ObjectMembers.inside("result", result)));
        return found.get();
    }
}
