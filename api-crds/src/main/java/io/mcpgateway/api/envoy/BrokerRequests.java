package io.mcpgateway.api.envoy;

import static io.mcpgateway.api.envoy.EnvoyTypes.extension;
import static io.mcpgateway.api.envoy.Mutations.mutation;
import static io.mcpgateway.api.envoy.Mutations.overwrite;
import static io.mcpgateway.api.envoy.Predicates.all;
import static io.mcpgateway.api.envoy.Predicates.any;
import static io.mcpgateway.api.envoy.Predicates.header;
import static io.mcpgateway.api.envoy.Predicates.headerIs;
import static io.mcpgateway.api.envoy.Predicates.not;
import static io.mcpgateway.api.envoy.Predicates.present;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.McpRevisions;
import io.mcpgateway.api.wire.StandardHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The requests about which Envoy does not ask the router, because their head alone says that the broker answers them. The
 * head is the client's word: the broker refuses a message that is not what its head says, and a head with any header
 * that no client may send belongs to the router, which removes them before a route is chosen.
 *
 * <p>{@link #are} and {@link #filter} judge the head as the client sent it. After the router, a request has one of the
 * router's headers wherever the broker serves MCP, and is none of these any more.
 */
final class BrokerRequests {
    /** With one of these, a request belongs to the router. */
    static final List<String> FORGED = Stream.of(
                    GatewayHeaders.OF_THE_BROKER,
                    GatewayHeaders.OF_THE_ROUTER,
                    GatewayHeaders.BETWEEN_REPLICAS,
                    GatewayHeaders.ON_ANSWERS)
            .flatMap(List::stream)
            .toList();

    /** HTTP methods of requests that are no messages. */
    static final String WITHOUT_MESSAGE = "GET|DELETE|OPTIONS";

    /** Methods whose answer does not depend on {@link GatewayHeaders#CALLER}, which only the router can tell. */
    static final String WHOEVER_ASKS =
            "server/discover|tools/list|prompts/list|resources/list|resources/templates/list";

    /** The one that does. */
    static final String LISTEN = "subscriptions/listen";

    /** The revisions in which the header that names the method has to be true. */
    static final String REVISIONS = String.join("|", McpRevisions.MODERN);

    /**
     * A path that follows from the name of a server or a virtual server: policies are told the same path. One with a single
     * segment below {@code /mcp} was chosen by somebody, and only the router knows the name that it stands for. No segment
     * begins with a dot, so none is {@code ..}.
     */
    static final String NAMED_PATH = BrokerLaunch.MCP_PATH + "(/[A-Za-z0-9][A-Za-z0-9._~-]*){2,3}";

    /** A host with a port. */
    static final String WITH_PORT = "[^:]+:[0-9]{1,5}";

    private static final String HTTP_METHOD = ":method";
    private static final String PATH = ":path";
    private static final String NO_CALLER = "-";

    private BrokerRequests() {}

    /** Whether a request is one of these. */
    static ObjectNode are(Scope scope) {
        return all(
                any(withoutMessage(), message()),
                any(headerIs(PATH, BrokerLaunch.MCP_PATH), header(PATH, NAMED_PATH)),
                atPublicHost(scope),
                not(any(FORGED.stream().map(Predicates::present).toList())));
    }

    /** Tells policies and the broker of these requests what the router would tell them. */
    static ObjectNode filter(Scope scope, String name) {
        List<RequestMatcher.Choice> choices = new ArrayList<>();
        for (boolean named : List.of(true, false)) {
            choices.add(choice(named, all(isPost(), withoutCredential()), List.of(method(), server(), noCaller())));
            choices.add(choice(named, isPost(), List.of(method(), server())));
            choices.add(choice(named, present(HTTP_METHOD), List.of(noCaller())));
        }
        return RequestMatcher.firstOf(name, are(scope), choices);
    }

    /** A session belongs to its caller, so this is for those without a credential only. */
    private static ObjectNode withoutMessage() {
        return all(header(HTTP_METHOD, WITHOUT_MESSAGE), withoutCredential());
    }

    /** With a session ID, the session decides in which revision the message is. */
    private static ObjectNode message() {
        return all(
                isPost(),
                header(McpHeaders.PROTOCOL_VERSION, REVISIONS),
                not(present(McpHeaders.SESSION_ID)),
                any(
                        header(McpHeaders.METHOD, WHOEVER_ASKS),
                        all(headerIs(McpHeaders.METHOD, LISTEN), withoutCredential())));
    }

    private static ObjectNode isPost() {
        return headerIs(HTTP_METHOD, "POST");
    }

    private static ObjectNode withoutCredential() {
        return not(present(StandardHeaders.AUTHORIZATION));
    }

    /**
     * The router sets the public host, and no filter of Envoy's can. On a shared listener policies compare the host, so
     * there it has to be the same already.
     */
    private static ObjectNode atPublicHost(Scope scope) {
        return switch (scope) {
            case Scope.Everything(String publicHost) ->
                any(
                        headerIs(":authority", publicHost),
                        all(Predicates.authority("prefix", publicHost + ":"), header(":authority", WITH_PORT)));
            case Scope.Hosts hosts -> headerIs(":authority", hosts.publicHost());
        };
    }

    private static RequestMatcher.Choice choice(boolean named, ObjectNode predicate, List<ObjectNode> told) {
        List<ObjectNode> mutations = new ArrayList<>(told);
        if (named) {
            mutations.add(overwrite(GatewayHeaders.PATH, "%REQ(:PATH)%"));
        }
        return new RequestMatcher.Choice(
                named ? all(header(PATH, NAMED_PATH), predicate) : predicate,
                extension("mcp.broker_requests.headers", mutation(mutations, List.of())));
    }

    private static ObjectNode method() {
        return overwrite(GatewayHeaders.METHOD, "%REQ(" + McpHeaders.METHOD + ")%");
    }

    private static ObjectNode server() {
        return overwrite(GatewayHeaders.SERVER_NAME, BrokerLaunch.SERVER_NAME);
    }

    private static ObjectNode noCaller() {
        return overwrite(GatewayHeaders.CALLER, NO_CALLER);
    }
}
