package io.mcpgateway.broker.search;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.listing.FindTools;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/** What a call of {@link FindTools} asks for. */
public sealed interface FindToolsCall {
    /**
     * A question that can be answered.
     *
     * @param limit the most tools to return
     */
    record Question(String words, int limit) implements FindToolsCall {
        public Question {
            Objects.requireNonNull(words, "words");
        }
    }

    /** The arguments are wrong; the model can read why and try again. */
    record Mistake(String problem) implements FindToolsCall {
        public Mistake {
            Objects.requireNonNull(problem, "problem");
        }
    }

    /** Reads a tools/call message that {@code JsonRpcParser} accepted already. */
    static FindToolsCall read(RawJson body) {
        return body.read(json -> {
            ArgumentsReading reading = new ArgumentsReading();
            ObjectMembers.read(
                    json, ObjectMembers.inside("params", ObjectMembers.inside("arguments", reading::visitArgument)));
            return reading.call();
        });
    }

    /** The members of {@code params.arguments}. */
    final class ArgumentsReading {
        private Optional<String> query = Optional.empty();
        private Optional<String> problem = Optional.empty();
        private int limit = FindTools.DEFAULT_LIMIT;

        private ArgumentsReading() {}

        private boolean visitArgument(String name, JsonParser value) throws IOException {
            switch (name) {
                case FindTools.QUERY -> query = query(value);
                case FindTools.LIMIT -> readLimit(value);
                default -> refuse("unknown argument " + JsonText.quote(JsonText.excerpt(name, 40)));
            }
            return true;
        }

        private static Optional<String> query(JsonParser value) throws IOException {
            return value.currentToken() == JsonToken.VALUE_STRING
                    ? Optional.of(value.getText()).filter(words -> !words.isBlank())
                    : Optional.empty();
        }

        private void readLimit(JsonParser value) throws IOException {
            // JSON Schema takes 2.0 for an integer, too.
            double number = value.currentToken().isNumeric() ? value.getDoubleValue() : Double.NaN;
            if (number >= 1 && number <= FindTools.MOST && number == Math.rint(number)) {
                limit = (int) number;
            } else if (value.currentToken() != JsonToken.VALUE_NULL) {
                refuse(FindTools.LIMIT + " must be a whole number from 1 to " + FindTools.MOST);
            }
        }

        private void refuse(String reason) {
            problem = problem.or(() -> Optional.of(reason));
        }

        private FindToolsCall call() {
            if (problem.isPresent()) {
                return new Mistake(problem.get());
            }
            if (query.isEmpty()) {
                return new Mistake(FindTools.QUERY + " must be a text: a few words that say what the tool should do");
            }
            return query.get().length() > FindTools.LONGEST_QUERY
                    ? new Mistake(
                            FindTools.QUERY + " must not be longer than " + FindTools.LONGEST_QUERY + " characters")
                    : new Question(query.get(), limit);
        }
    }
}
