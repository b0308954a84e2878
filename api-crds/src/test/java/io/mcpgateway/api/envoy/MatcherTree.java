package io.mcpgateway.api.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads Envoy's matchers as Envoy does, as far as they are about request headers. EnvoyBrokerRequestsTest shows the same
 * with a real one.
 */
final class MatcherTree {
    private static final Pattern REQUEST_HEADER = Pattern.compile("%REQ\\(([^)]+)\\)%");

    private MatcherTree() {}

    /** @param request header values by lower-case name, with pseudo headers */
    static boolean holds(JsonNode predicate, Map<String, String> request) {
        if (predicate.has("not_matcher")) {
            return !holds(predicate.get("not_matcher"), request);
        }
        if (predicate.has("and_matcher")) {
            return each(predicate.at("/and_matcher/predicate")).allMatch(one -> holds(one, request));
        }
        if (predicate.has("or_matcher")) {
            return each(predicate.at("/or_matcher/predicate")).anyMatch(one -> holds(one, request));
        }
        String value = request.get(
                predicate.at("/single_predicate/input/typed_config/header_name").asText());
        // No matcher holds for a header that is not there.
        return value != null && matches(predicate.at("/single_predicate/value_match"), value);
    }

    /** The action of the first matcher that holds, in a tree of them. */
    static Optional<JsonNode> action(JsonNode tree, Map<String, String> request) {
        return each(tree.at("/matcher_list/matchers"))
                .filter(entry -> holds(entry.get("predicate"), request))
                .findFirst()
                .map(entry -> entry.get("on_match"))
                .flatMap(match -> match.has("matcher")
                        ? action(match.get("matcher"), request)
                        : Optional.of(match.get("action")));
    }

    /** A value with Envoy's command operators, as far as we use them for requests. */
    static String formatted(String value, Map<String, String> request) {
        Matcher operator = REQUEST_HEADER.matcher(value);
        return operator.matches() ? request.getOrDefault(operator.group(1).toLowerCase(Locale.ROOT), "") : value;
    }

    private static boolean matches(JsonNode match, String value) {
        boolean ignoreCase = match.path("ignore_case").asBoolean();
        String text = ignoreCase ? value.toLowerCase(Locale.ROOT) : value;
        if (match.has("exact")) {
            return text.equals(match.get("exact").asText());
        }
        if (match.has("prefix")) {
            return text.startsWith(match.get("prefix").asText());
        }
        if (match.has("safe_regex")) {
            return Pattern.matches(match.at("/safe_regex/regex").asText(), text);
        }
        throw new AssertionError("unknown matcher: " + match);
    }

    private static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
