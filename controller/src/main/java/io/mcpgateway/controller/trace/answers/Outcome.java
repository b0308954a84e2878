package io.mcpgateway.controller.trace.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.controller.doctor.facts.CallReport;
import io.mcpgateway.controller.doctor.facts.TracedCall;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client learns of its call.
 *
 * @param status of HTTP; 0 without an answer
 * @param text the result, or what is wrong; may be long, and may say anything
 */
public record Outcome(Kind kind, int status, String text) {
    /** How a call can end. */
    public enum Kind {
        OK("OK"),
        TOOL_ERROR("TOOL ERROR"),
        REFUSED("REFUSED"),
        NO_ANSWER("NO ANSWER");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** What a report calls it. */
        String word() {
            return word;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    public Outcome {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }

    static Outcome of(TracedCall call) {
        return call.last()
                .map(TracedCall.Timed::step)
                .map(Outcome::of)
                .orElseGet(() -> new Outcome(Kind.NO_ANSWER, 0, "nothing was sent"));
    }

    private static Outcome of(CallReport.Step step) {
        boolean called = step.name().equals(TracedCall.CALL);
        String before = called ? "" : step.name() + ": ";
        if (step.problem().isPresent()) {
            return new Outcome(Kind.NO_ANSWER, 0, before + step.problem().get());
        }
        Optional<JsonNode> message = message(step.body());
        Optional<String> error = message.map(read -> read.path("error"))
                .filter(JsonNode::isObject)
                .map(read ->
                        read.path("code").asText() + " " + read.path("message").asText());
        if (error.isPresent() || step.status() != 200) {
            return new Outcome(Kind.REFUSED, step.status(), before + error.orElse(step.body()));
        }
        if (!called) {
            return new Outcome(Kind.REFUSED, step.status(), before + "the gateway opened no session");
        }
        Optional<JsonNode> result = message.map(read -> read.path("result")).filter(JsonNode::isObject);
        if (result.isEmpty()) {
            return new Outcome(Kind.REFUSED, step.status(), "no result: " + step.body());
        }
        return new Outcome(
                result.get().path("isError").asBoolean() ? Kind.TOOL_ERROR : Kind.OK,
                step.status(),
                result.get().toString());
    }

    private static Optional<JsonNode> message(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
