package io.mcpgateway.e2e.guide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What a command must print.
 *
 * @param shows patterns that its output must contain
 * @param lacks patterns that it must not contain
 * @param exit the exit code, any if empty
 */
record Expectation(List<Pattern> shows, List<Pattern> lacks, Optional<Integer> exit) {
    static Expectation of(JsonNode node) {
        Optional<Integer> exit =
                node.has("exit") ? Optional.of(node.path("exit").asInt()) : Optional.<Integer>empty();
        return new Expectation(patterns(node.path("shows")), patterns(node.path("lacks")), exit);
    }

    /** Whether there is anything to check. */
    boolean saysSomething() {
        return !shows.isEmpty() || exit.filter(code -> code != 0).isPresent();
    }

    /** The differences from what is expected. */
    Optional<String> complaint(Shell.Output output) {
        for (Pattern pattern : shows) {
            if (!pattern.matcher(output.text()).find()) {
                return Optional.of("does not show: " + pattern);
            }
        }
        for (Pattern pattern : lacks) {
            if (pattern.matcher(output.text()).find()) {
                return Optional.of("must not show: " + pattern);
            }
        }
        return exit.filter(code -> code != output.exitCode())
                .map(code -> "exit code " + output.exitCode() + ", not " + code);
    }

    private static List<Pattern> patterns(JsonNode texts) {
        Iterable<JsonNode> each = texts.isTextual() ? List.of(texts) : texts;
        return StreamSupport.stream(each.spliterator(), false)
                .map(text -> Pattern.compile(text.asText(), Pattern.MULTILINE))
                .toList();
    }
}
