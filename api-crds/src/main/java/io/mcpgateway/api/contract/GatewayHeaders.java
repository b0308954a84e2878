package io.mcpgateway.api.contract;

import java.util.List;

/**
 * The request headers that mean something to the gateway itself, and who may set each of them. Router, Envoy's filters,
 * the controller's route and the broker's own requests all read this list, so that none of them trusts a header that
 * another one lets a client send. Names are lower case.
 */
public final class GatewayHeaders {
    /** What a call is about: set by the router for policies and servers. */
    public static final String METHOD = "x-mcp-method";

    /** Visible ASCII without quotes. */
    public static final String SERVER_NAME = "x-mcp-servername";

    public static final String TOOL_NAME = "x-mcp-toolname";
    public static final String PROMPT_NAME = "x-mcp-promptname";
    public static final String RESOURCE_URI = "x-mcp-resourceuri";
    public static final String ANNOTATION_HINTS = "x-mcp-annotation-hints";

    /**
     * What the client can be asked, on the calls of clients that can be: names as in {@code capabilities}, separated by
     * commas. Envoy lets the answers to such calls pass through the router if they are streams. It is also on the calls of
     * clients that take no streams, with {@code none} if such a client can be asked nothing.
     */
    public static final String CLIENT_FEATURES = "x-mcp-client-features";

    /**
     * Whose {@code Authorization} the server gets, a word of {@link UpstreamAuthorization}. It is on every request that
     * the router sends to a server; the last filters act on it and take it out.
     */
    public static final String UPSTREAM_AUTHORIZATION = "x-mcp-upstream-authorization";

    /**
     * Whose request it is, a hash: on every MCP request that the router sends to the broker. A policy between the two may
     * take the {@code Authorization} header out or exchange it; the session stays the caller's.
     */
    public static final String CALLER = "x-mcp-caller";

    /**
     * 32 hexadecimal digits, the same on every request of one session to one server, {@code initialize} included. It goes
     * on to the server, so that a load balancer in front of several Pods can hash it.
     */
    public static final String SESSION_AFFINITY = "x-mcp-session-affinity";

    /** Where the broker's own request to a server is to go, with the token that allows it. */
    public static final String INIT_HOST = "mcp-init-host";

    public static final String ROUTER_KEY = "router-key";

    /** Chosen by a client: {@code namespace/name} of a virtual server. */
    public static final String VIRTUAL_SERVER = "x-mcp-virtualserver";

    /** Signed by the authorization layer: the tools that this caller may see; or everything that it may see. */
    public static final String AUTHORIZED_TOOLS = "x-authorized-tools";

    public static final String AUTHORIZED_CAPABILITIES = "x-mcp-authorized";

    /**
     * On an answer that a server itself gave to a message without the caller's own token. It stays within the gateway:
     * the router tells by it a server's refusal from that of a policy on the way.
     */
    public static final String NOT_AS_CALLER = "x-mcp-not-as-caller";

    /** Set by the router. Whoever finds one of these on a request behind the router knows that the router put it there. */
    public static final List<String> OF_THE_ROUTER = List.of(
            METHOD,
            SERVER_NAME,
            TOOL_NAME,
            PROMPT_NAME,
            RESOURCE_URI,
            ANNOTATION_HINTS,
            CLIENT_FEATURES,
            UPSTREAM_AUTHORIZATION,
            CALLER,
            SESSION_AFFINITY);

    /** Set by the broker on its own requests, which pass the gateway's listener like those of clients. */
    public static final List<String> OF_THE_BROKER = List.of(INIT_HOST, ROUTER_KEY);

    /** Set on answers, and taken off before a client gets them. */
    public static final List<String> ON_ANSWERS = List.of(NOT_AS_CALLER);

    /** Set by clients, or by a policy in front of the router; no server sees them. */
    public static final List<String> FOR_THE_GATEWAY =
            List.of(VIRTUAL_SERVER, AUTHORIZED_TOOLS, AUTHORIZED_CAPABILITIES);

    /** Every header with this prefix is the gateway's, those of later versions included. */
    private static final String PREFIX = "x-mcp-";

    private GatewayHeaders() {}

    /** Whether a client must not send this header: it would pretend to be the router or the broker. */
    public static boolean isInternal(String lowerCaseName) {
        return lowerCaseName.startsWith(PREFIX)
                ? !FOR_THE_GATEWAY.contains(lowerCaseName)
                : OF_THE_BROKER.contains(lowerCaseName);
    }

    /** Whether a header is meant for the gateway, so that no server gets to see what a client or a policy sent in it. */
    public static boolean staysAtGateway(String lowerCaseName) {
        return isInternal(lowerCaseName) || FOR_THE_GATEWAY.contains(lowerCaseName);
    }
}
