package io.mcpgateway.broker.translation;

import io.mcpgateway.api.wire.McpResults;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a modern client repeats a call with (MCP 2026-07-28, "Multi Round-Trip Requests").
 *
 * @param byKey what it responds to each question, a JSON object byte for byte
 * @param state what it was given with the questions
 */
public record InputResponses(Map<String, RawJson> byKey, Optional<String> state) {
    public static final InputResponses NONE = new InputResponses(Map.of(), Optional.empty());

    public InputResponses {
        byKey = Collections.unmodifiableMap(new LinkedHashMap<>(byKey));
        Objects.requireNonNull(state, "state");
    }

    /** What a request says. */
    public sealed interface Reading {
        record Given(InputResponses inputs) implements Reading {
            public Given {
                Objects.requireNonNull(inputs, "inputs");
            }
        }

        /** It says something that the schema does not allow. */
        record Invalid(String problem) implements Reading {
            public Invalid {
                Objects.requireNonNull(problem, "problem");
            }
        }
    }

    /**
     * Reads the responses of a request.
     *
     * @param body of the request, which the strict parser accepted
     */
    public static Reading read(RawJson body) {
        Optional<ObjectSpans> params = ObjectSpans.of(body)
                .flatMap(message -> message.find("params"))
                .flatMap(found -> ObjectSpans.of(body, found));
        Optional<RawJson> state =
                params.flatMap(object -> object.find(McpResults.REQUEST_STATE)).map(found -> found.in(body));
        Optional<String> text = state.flatMap(Scalars::text);
        if (state.isPresent() && text.isEmpty()) {
            return new Reading.Invalid("params." + McpResults.REQUEST_STATE + " must be a string");
        }
        Optional<ObjectSpans.Member> responses = params.flatMap(object -> object.find(McpResults.INPUT_RESPONSES));
        if (responses.isEmpty()) {
            return new Reading.Given(new InputResponses(Map.of(), text));
        }
        Optional<ObjectSpans> entries = ObjectSpans.of(body, responses.get());
        if (entries.isEmpty()) {
            return new Reading.Invalid("params." + McpResults.INPUT_RESPONSES + " must be an object");
        }
        Map<String, RawJson> byKey = new LinkedHashMap<>();
        for (ObjectSpans.Member entry : entries.get().members()) {
            RawJson response = entry.in(body);
            if (ObjectSpans.of(response).isEmpty()) {
                return new Reading.Invalid(
                        "each member of params." + McpResults.INPUT_RESPONSES + " must be an object");
            }
            byKey.put(entry.name(), response);
        }
        return new Reading.Given(new InputResponses(byKey, text));
    }

    /** Whether the user agreed to all of these elicitations. */
    public boolean accepts(Iterable<String> keys) {
        for (String key : keys) {
            RawJson response = byKey.get(key);
            boolean accepted = response != null
                    && ObjectSpans.of(response)
                            .flatMap(object -> object.find("action"))
                            .flatMap(found -> Scalars.text(found.in(response)))
                            .filter("accept"::equals)
                            .isPresent();
            if (!accepted) {
                return false;
            }
        }
        return true;
    }
}
