package io.mcpgateway.api.envoy;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;
import static io.mcpgateway.api.envoy.Predicates.all;
import static io.mcpgateway.api.envoy.Predicates.answerOf;
import static io.mcpgateway.api.envoy.Predicates.any;
import static io.mcpgateway.api.envoy.Predicates.authority;
import static io.mcpgateway.api.envoy.Predicates.headerIs;
import static io.mcpgateway.api.envoy.Predicates.not;
import static io.mcpgateway.api.envoy.Predicates.present;
import static io.mcpgateway.api.envoy.Predicates.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import java.util.ArrayList;
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
     * have changed since. Clients cannot send the latter, because {@link #withoutForged} comes first.
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

    /** The router's filter: it runs for all requests in the scope, except those that need no decision. */
    static ObjectNode onlyForDecisions(Scope scope, String name, ObjectNode filter) {
        return switch (scope) {
            case Scope.Everything _ -> skipWhere(name, filter, BrokerRequests.are(scope));
            case Scope.Hosts hosts -> skipWhere(name, filter, any(not(ours(hosts)), BrokerRequests.are(scope)));
        };
    }

    /**
     * One of the filters for all requests except those that claim to be the broker's, which the router checks. A request
     * for another application on the port must neither reach the router nor bypass it with one of the router's headers.
     * A request for the public host keeps such headers: it reaches the router, which removes them.
     *
     * @param atPublicHost the other filter
     */
    static ObjectNode withoutForged(Scope.Hosts hosts, String name, ObjectNode filter, ObjectNode atPublicHost) {
        ObjectNode client = not(present(GatewayHeaders.INIT_HOST));
        ObjectNode matched = runWhere(name, atPublicHost, all(client, any(exactly(hosts.publicHost()))));
        // The first that matches counts.
        addTo(matched, client.deepCopy(), run(filter));
        return matched;
    }

    /**
     * The filter, which only runs for responses to requests with one of these headers, if their status is one of these.
     * No client can send the headers past the router, so the host does not matter; they come first because they are
     * known before the response.
     *
     * @param statuses by the header that the request must have: an expression for the whole status
     */
    static ObjectNode onlyForAnswers(Map<String, String> statuses, String name, ObjectNode filter) {
        List<ObjectNode> each = new ArrayList<>();
        statuses.forEach((header, expression) -> each.add(all(present(header), status(expression))));
        return skipUnless(name, filter, any(each));
    }

    /**
     * The filter, which only runs for event streams that answer requests with this header, and for JSON if the request
     * does not have the other one. No client can send either past the router, so the host does not matter; the header
     * comes first because it is known before the response.
     */
    static ObjectNode onlyForMessagesTo(String requestHeader, String notForJson, String name, ObjectNode filter) {
        return skipUnless(
                name,
                filter,
                all(
                        present(requestHeader),
                        any(
                                answerOf(MediaTypes.EVENT_STREAM),
                                all(not(present(notForJson)), answerOf(MediaTypes.JSON)))));
    }

    /** One filter for requests with a header, another one for those without it. */
    record Either(String header, ObjectNode with, ObjectNode without) {}

    /**
     * One of the filters, for requests with this header only. Unlike {@link #skipUnless}, it skips the responses
     * of an earlier filter: those never reach this one's request side, and Envoy's skip matcher, which then knows no
     * request headers, would let it run.
     */
    static ObjectNode whereHeaderIsPresent(String header, String name, Either filters) {
        ObjectNode filter = runWhere(name, filters.with(), all(present(header), present(filters.header())));
        // The first that matches counts.
        addTo(filter, present(header), run(filters.without()));
        return filter;
    }

    /** The same for requests whose header has a value other than this one, but not for requests without it. */
    static ObjectNode whereHeaderIsNot(String header, String value, String name, ObjectNode filter) {
        return runWhere(name, filter, all(present(header), not(headerIs(header, value))));
    }

    /** A filter for the requests that a predicate is about. */
    record Choice(ObjectNode predicate, ObjectNode filter) {}

    /** Of the filters, the first whose predicate holds, for requests that the predicate of all of them is about. */
    static ObjectNode firstOf(String name, ObjectNode predicate, List<Choice> choices) {
        ObjectNode composite = composite(name);
        ArrayNode list = onMatch(composite, predicate)
                .putObject("matcher")
                .putObject("matcher_list")
                .putArray("matchers");
        choices.forEach(choice -> addTo(list, choice.predicate()).set("action", run(choice.filter())));
        return composite;
    }

    private static ObjectNode runWhere(String name, ObjectNode filter, ObjectNode predicate) {
        ObjectNode composite = composite(name);
        addTo(composite, predicate, run(filter));
        return composite;
    }

    private static ObjectNode composite(String name) {
        return matched(
                name,
                extension(
                        "envoy.filters.http.composite", typed("envoy.extensions.filters.http.composite.v3.Composite")));
    }

    private static ObjectNode run(ObjectNode filter) {
        ObjectNode run = typed("envoy.extensions.filters.http.composite.v3.ExecuteFilterAction");
        run.set("typed_config", filter);
        return extension("run", run);
    }

    private static ObjectNode skipUnless(String name, ObjectNode filter, ObjectNode predicate) {
        return skipWhere(name, filter, not(predicate));
    }

    private static ObjectNode skipWhere(String name, ObjectNode filter, ObjectNode predicate) {
        ObjectNode matched = matched(name, filter);
        addTo(
                matched,
                predicate,
                extension("skip", typed("envoy.extensions.filters.common.matcher.action.v3.SkipFilter")));
        return matched;
    }

    private static ObjectNode matched(String name, ObjectNode filter) {
        ObjectNode config = typed("envoy.extensions.common.matching.v3.ExtensionWithMatcher");
        config.set("extension_config", filter);
        config.putObject("xds_matcher").putObject("matcher_list").putArray("matchers");
        return extension(name, config);
    }

    private static void addTo(ObjectNode matched, ObjectNode predicate, ObjectNode action) {
        onMatch(matched, predicate).set("action", action);
    }

    private static ObjectNode onMatch(ObjectNode matched, ObjectNode predicate) {
        return addTo(matched.withArray("/typed_config/xds_matcher/matcher_list/matchers"), predicate);
    }

    private static ObjectNode addTo(ArrayNode matchers, ObjectNode predicate) {
        ObjectNode entry = matchers.addObject();
        entry.set("predicate", predicate);
        return entry.putObject("on_match");
    }

    private static ObjectNode ours(Scope.Hosts hosts) {
        List<ObjectNode> all = new ArrayList<>();
        Set<String> exact = new LinkedHashSet<>();
        exact.add(hosts.publicHost());
        exact.addAll(hosts.exactHosts());
        exact.forEach(host -> all.addAll(exactly(host)));
        for (String pattern : new LinkedHashSet<>(hosts.suffixPatterns())) {
            String suffix = pattern.substring(1);
            all.add(authority("suffix", suffix));
            // The same with a port. Host names have no colon, so anything after one is a port.
            all.add(authority("contains", suffix + ":"));
        }
        INTERNAL_HEADERS.forEach(header -> all.add(present(header)));
        return any(all);
    }

    private static List<ObjectNode> exactly(String host) {
        return List.of(authority("exact", host), authority("prefix", host + ":"));
    }
}
