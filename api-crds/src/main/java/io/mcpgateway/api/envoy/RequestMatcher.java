package io.mcpgateway.api.envoy;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Wraps a filter in Envoy's ExtensionWithMatcher, so it is skipped for requests that are not the gateway's.
 *
 * <p>Hosts are compared without regard to case and with any port, because Envoy's route lookup does the same: a
 * stricter matcher would let {@code Host: SERVER1.mcp.local:80} reach a registered server around the router.
 */
final class RequestMatcher {
    /**
     * A request with one of these is processed, whatever its host. The broker's own go to the gateway's address instead
     * of one of our hosts; the router's are on requests that it has sent to a server, whose host a route may
     * have changed since. Clients cannot send the latter, because {@link #removedFromClients} comes first.
     */
    private static final List<String> INTERNAL_HEADERS = Stream.of(
                    GatewayHeaders.OF_THE_BROKER, GatewayHeaders.OF_THE_ROUTER)
            .flatMap(List::stream)
            .toList();

    private RequestMatcher() {}

    /** The filter, which only runs for {@code hosts}. */
    static ObjectNode onlyFor(Scope.Hosts hosts, String name, ObjectNode filter) {
        return skipUnless(name, filter, ours(hosts));
    }

    /**
     * The filter, run for all requests except those that claim to be the broker's, which the router checks. A request
     * for another application on the port must neither reach the router nor bypass it with one of the router's headers.
     */
    static ObjectNode removedFromClients(String name, ObjectNode filter) {
        ObjectNode broker = present(GatewayHeaders.INIT_HOST);
        ObjectNode client = object();
        client.set("not_matcher", broker);
        return skipUnless(name, filter, client);
    }

    /**
     * The filter, which only runs for responses to requests with one of these headers, if their status is one of these.
     * No client can send the headers past the router, so the host does not matter; they come first because they are
     * known before the response.
     *
     * @param statuses by the header that the request must have: an expression for the whole status
     */
    static ObjectNode onlyForAnswers(Map<String, String> statuses, String name, ObjectNode filter) {
        ObjectNode any = object();
        ArrayNode all = any.putObject("or_matcher").putArray("predicate");
        statuses.forEach((header, expression) -> all.addObject()
                .putObject("and_matcher")
                .putArray("predicate")
                .add(present(header))
                .add(status(expression)));
        return skipUnless(name, filter, any);
    }

    /**
     * The filter, which only runs for event streams that answer requests with this header, and for JSON if the request
     * does not have the other one. No client can send either past the router, so the host does not matter; the header
     * comes first because it is known before the response.
     */
    static ObjectNode onlyForMessagesTo(String requestHeader, String notForJson, String name, ObjectNode filter) {
        ObjectNode without = object();
        without.set("not_matcher", present(notForJson));
        ObjectNode json = object();
        json.putObject("and_matcher").putArray("predicate").add(without).add(answerOf(MediaTypes.JSON));
        ObjectNode either = object();
        either.putObject("or_matcher")
                .putArray("predicate")
                .add(answerOf(MediaTypes.EVENT_STREAM))
                .add(json);
        ObjectNode both = object();
        both.putObject("and_matcher")
                .putArray("predicate")
                .add(present(requestHeader))
                .add(either);
        return skipUnless(name, filter, both);
    }

    /** One filter for requests with a header, another one for those without it. */
    record Either(String header, ObjectNode with, ObjectNode without) {}

    /**
     * One of the filters, for requests with this header only. Unlike {@link #skipUnless}, it skips the responses
     * of an earlier filter: those never reach this one's request side, and Envoy's skip matcher, which then knows no
     * request headers, would let it run.
     */
    static ObjectNode whereHeaderIsPresent(String header, String name, Either filters) {
        ObjectNode both = object();
        both.putObject("and_matcher").putArray("predicate").add(present(header)).add(present(filters.header()));
        ObjectNode filter = runWhere(name, filters.with(), both);
        // The first that matches counts.
        addTo(filter, present(header), run(filters.without()));
        return filter;
    }

    /** The same for requests whose header has a value other than this one, but not for requests without it. */
    static ObjectNode whereHeaderIsNot(String header, String value, String name, ObjectNode filter) {
        ObjectNode same = header(header, header);
        single(same).putObject("value_match").put("exact", value);
        ObjectNode other = object();
        other.set("not_matcher", same);
        ObjectNode both = object();
        both.putObject("and_matcher").putArray("predicate").add(present(header)).add(other);
        return runWhere(name, filter, both);
    }

    private static ObjectNode runWhere(String name, ObjectNode filter, ObjectNode predicate) {
        return matched(
                name,
                extension(
                        "envoy.filters.http.composite", typed("envoy.extensions.filters.http.composite.v3.Composite")),
                predicate,
                run(filter));
    }

    private static ObjectNode run(ObjectNode filter) {
        ObjectNode run = typed("envoy.extensions.filters.http.composite.v3.ExecuteFilterAction");
        run.set("typed_config", filter);
        return extension("run", run);
    }

    private static ObjectNode answerOf(String mediaType) {
        ObjectNode predicate = object();
        ObjectNode single = predicate.putObject("single_predicate");
        single.set(
                "input",
                extension(
                        "content_type",
                        typed("envoy.type.matcher.v3.HttpResponseHeaderMatchInput")
                                .put("header_name", "content-type")));
        single.putObject("value_match").put("prefix", mediaType).put("ignore_case", true);
        return predicate;
    }

    private static ObjectNode ours(Scope.Hosts hosts) {
        ObjectNode any = object();
        any.putObject("or_matcher").set("predicate", predicates(hosts));
        return any;
    }

    private static ObjectNode status(String expression) {
        ObjectNode predicate = object();
        predicate
                .putObject("single_predicate")
                .set("input", extension("status", typed("envoy.type.matcher.v3.HttpResponseStatusCodeMatchInput")));
        expression(predicate, expression);
        return predicate;
    }

    private static ObjectNode skipUnless(String name, ObjectNode filter, ObjectNode predicate) {
        ObjectNode others = object();
        others.set("not_matcher", predicate);
        return matched(
                name,
                filter,
                others,
                extension("skip", typed("envoy.extensions.filters.common.matcher.action.v3.SkipFilter")));
    }

    private static ObjectNode matched(String name, ObjectNode filter, ObjectNode predicate, ObjectNode action) {
        ObjectNode config = typed("envoy.extensions.common.matching.v3.ExtensionWithMatcher");
        config.set("extension_config", filter);
        config.putObject("xds_matcher").putObject("matcher_list").putArray("matchers");
        ObjectNode extension = extension(name, config);
        addTo(extension, predicate, action);
        return extension;
    }

    private static void addTo(ObjectNode matched, ObjectNode predicate, ObjectNode action) {
        ObjectNode entry = matched.withArray("/typed_config/xds_matcher/matcher_list/matchers")
                .addObject();
        entry.set("predicate", predicate);
        entry.putObject("on_match").set("action", action);
    }

    private static ArrayNode predicates(Scope.Hosts hosts) {
        ArrayNode all = object().arrayNode();
        Set<String> exact = new LinkedHashSet<>();
        exact.add(hosts.publicHost());
        exact.addAll(hosts.exactHosts());
        for (String host : exact) {
            all.add(authority("exact", host));
            all.add(authority("prefix", host + ":"));
        }
        for (String pattern : new LinkedHashSet<>(hosts.suffixPatterns())) {
            String suffix = pattern.substring(1);
            all.add(authority("suffix", suffix));
            // The same with a port. Host names have no colon, so anything after one is a port.
            all.add(authority("contains", suffix + ":"));
        }
        INTERNAL_HEADERS.forEach(header -> all.add(present(header)));
        return all;
    }

    private static ObjectNode authority(String kind, String value) {
        ObjectNode predicate = header("authority", ":authority");
        single(predicate).putObject("value_match").put(kind, value).put("ignore_case", true);
        return predicate;
    }

    /** Including an empty value. */
    private static ObjectNode present(String name) {
        ObjectNode predicate = header(name, name);
        expression(predicate, ".*");
        return predicate;
    }

    /** The expressions are our own. Envoy refuses a listener with a regex without an engine. */
    private static void expression(ObjectNode predicate, String expression) {
        ObjectNode regex = single(predicate).putObject("value_match").putObject("safe_regex");
        regex.putObject("google_re2");
        regex.put("regex", expression);
    }

    private static ObjectNode header(String inputName, String headerName) {
        ObjectNode predicate = object();
        predicate
                .putObject("single_predicate")
                .set(
                        "input",
                        extension(
                                inputName,
                                typed("envoy.type.matcher.v3.HttpRequestHeaderMatchInput")
                                        .put("header_name", headerName)));
        return predicate;
    }

    private static ObjectNode single(ObjectNode predicate) {
        return (ObjectNode) predicate.get("single_predicate");
    }
}
