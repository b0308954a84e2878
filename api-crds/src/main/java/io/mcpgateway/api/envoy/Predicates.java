package io.mcpgateway.api.envoy;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;

/** The conditions of Envoy's matchers on a request and its response. Each tree belongs to the caller. */
final class Predicates {
    private Predicates() {}

    static ObjectNode not(ObjectNode predicate) {
        ObjectNode not = object();
        not.set("not_matcher", predicate);
        return not;
    }

    /** All of two or more; the first that does not hold ends the comparison. */
    static ObjectNode all(ObjectNode... predicates) {
        return several("and_matcher", List.of(predicates));
    }

    /** One of two or more. */
    static ObjectNode any(Collection<ObjectNode> predicates) {
        return several("or_matcher", predicates);
    }

    static ObjectNode any(ObjectNode... predicates) {
        return any(List.of(predicates));
    }

    /** Whether the request has a header, even with an empty value. */
    static ObjectNode present(String header) {
        return header(header, ".*");
    }

    /** Whether the whole value of a request header, with several of them joined by commas, is as the expression says. */
    static ObjectNode header(String name, String expression) {
        return expression(requestHeader(name), expression);
    }

    /** Whether a request header has exactly this value. */
    static ObjectNode headerIs(String name, String value) {
        ObjectNode predicate = requestHeader(name);
        single(predicate).putObject("value_match").put("exact", value);
        return predicate;
    }

    /**
     * Compares the request's host without regard to case.
     *
     * @param kind how: {@code exact}, {@code prefix}, {@code suffix} or {@code contains}
     */
    static ObjectNode authority(String kind, String value) {
        ObjectNode predicate = requestHeader(":authority");
        single(predicate).putObject("value_match").put(kind, value).put("ignore_case", true);
        return predicate;
    }

    /** Whether the response has this media type, whatever its parameters. */
    static ObjectNode answerOf(String mediaType) {
        ObjectNode predicate = input(
                "content_type",
                typed("envoy.type.matcher.v3.HttpResponseHeaderMatchInput").put("header_name", "content-type"));
        single(predicate).putObject("value_match").put("prefix", mediaType).put("ignore_case", true);
        return predicate;
    }

    /** Whether the response's status is one of those. */
    static ObjectNode status(String expression) {
        return expression(input("status", typed("envoy.type.matcher.v3.HttpResponseStatusCodeMatchInput")), expression);
    }

    private static ObjectNode several(String kind, Collection<ObjectNode> predicates) {
        ObjectNode several = object();
        ArrayNode list = several.putObject(kind).putArray("predicate");
        predicates.forEach(list::add);
        return several;
    }

    private static ObjectNode requestHeader(String name) {
        return input(
                name.startsWith(":") ? name.substring(1) : name,
                typed("envoy.type.matcher.v3.HttpRequestHeaderMatchInput").put("header_name", name));
    }

    private static ObjectNode input(String name, ObjectNode input) {
        ObjectNode predicate = object();
        predicate.putObject("single_predicate").set("input", extension(name, input));
        return predicate;
    }

    /** The expressions are our own. Envoy refuses a listener with a regex without an engine. */
    private static ObjectNode expression(ObjectNode predicate, String expression) {
        ObjectNode regex = single(predicate).putObject("value_match").putObject("safe_regex");
        regex.putObject("google_re2");
        regex.put("regex", expression);
        return predicate;
    }

    private static ObjectNode single(ObjectNode predicate) {
        return (ObjectNode) predicate.get("single_predicate");
    }
}
