package io.mcpgateway.api.wire;

import java.util.List;

/**
 * The request headers with a meaning for the gateway itself, and who may set each of them. The router, Envoy's filters,
 * the controller's route and the broker's own requests all use this list, so none of them trusts a header that
 * another one allows clients to send. Names are in lower case.
 */
public final class GatewayHeaders {
    /** Method and name of a call: set by the router for policies and servers. */
    public static final String METHOD = "x-mcp-method";

    /** Visible ASCII without quotes. */
    public static final String SERVER_NAME = "x-mcp-servername";

    public static final String TOOL_NAME = "x-mcp-toolname";
    public static final String PROMPT_NAME = "x-mcp-promptname";
    public static final String RESOURCE_URI = "x-mcp-resourceuri";
    public static final String ANNOTATION_HINTS = "x-mcp-annotation-hints";

    /**
     * The server requests that the client supports, on calls of clients that support any: names as in
     * {@code capabilities}, separated by commas. Envoy sends event streams for such calls through the router.
     * It is also on calls of clients that do not accept streams, with {@code none} if they support no server requests.
     * Calls outside of sessions have it if the router has to read the answer, which may then be JSON too.
     */
    public static final String CLIENT_FEATURES = "x-mcp-client-features";

    /**
     * Which {@code Authorization} the server gets, a word of {@code upstreamAuthorization}. It is on every request that
     * the router sends to a server; the last filters act on it and remove it.
     */
    public static final String UPSTREAM_AUTHORIZATION = "x-mcp-upstream-authorization";

    /**
     * A hash of the caller, on every MCP request that the router sends to the broker. A policy between the two may
     * remove or replace the {@code Authorization} header; the session still belongs to the caller.
     */
    public static final String CALLER = "x-mcp-caller";

    /**
     * 32 hexadecimal digits, the same on every request of a session to one server, including {@code initialize}. It is
     * sent to the server, so a load balancer in front of several Pods can hash it.
     */
    public static final String SESSION_AFFINITY = "x-mcp-session-affinity";

    /**
     * What a request chose by its URL, as the path that it has on the public host, {@code /mcp/<namespace>/<name>} or
     * {@code /mcp/servers/<namespace>/<name>}: set by the router for policies and servers on every request at such a URL,
     * calls included, whose own path is that of the server by then. Requests at {@code /mcp} do not have it.
     */
    public static final String PATH = "x-mcp-path";

    /** On a request that one replica of the broker passes on to another one, which has to answer it itself. */
    public static final String FORWARDED = "x-mcp-forwarded";

    /** The destination of the broker's own request to a server, with the token that allows it. */
    public static final String INIT_HOST = "mcp-init-host";

    public static final String ROUTER_KEY = "router-key";

    /** Chosen by a client: {@code namespace/name} of a virtual server. */
    public static final String VIRTUAL_SERVER = "x-mcp-virtualserver";

    /** Signed by the authorization layer: the tools, or everything, that this caller may see. */
    public static final String AUTHORIZED_TOOLS = "x-authorized-tools";

    public static final String AUTHORIZED_CAPABILITIES = "x-mcp-authorized";

    /**
     * On a server's response to a message without the caller's own token. It stays within the gateway:
     * with it, the router distinguishes a server's refusal from that of a policy on the way.
     */
    public static final String NOT_AS_CALLER = "x-mcp-not-as-caller";

    /** Set by the router. After the router, one of these on a request can only be from the router. */
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
            SESSION_AFFINITY,
            PATH);

    /** Set by the broker on its own requests, which pass through the gateway's listener like those of clients. */
    public static final List<String> OF_THE_BROKER = List.of(INIT_HOST, ROUTER_KEY);

    /** Set by one replica of the broker on requests to another one, which do not pass through the gateway. */
    public static final List<String> BETWEEN_REPLICAS = List.of(FORWARDED);

    /** Set on responses, and removed before a client gets them. */
    public static final List<String> ON_ANSWERS = List.of(NOT_AS_CALLER);

    /** Set by clients, or by a policy in front of the router; no server sees them. */
    public static final List<String> FOR_THE_GATEWAY =
            List.of(VIRTUAL_SERVER, AUTHORIZED_TOOLS, AUTHORIZED_CAPABILITIES);

    /** Every header with this prefix belongs to the gateway, including those of later versions. */
    private static final String PREFIX = "x-mcp-";

    private GatewayHeaders() {}

    /** Whether a client must not send this header, because it would pretend to be the router or the broker. */
    public static boolean isInternal(String lowerCaseName) {
        return lowerCaseName.startsWith(PREFIX)
                ? !FOR_THE_GATEWAY.contains(lowerCaseName)
                : OF_THE_BROKER.contains(lowerCaseName);
    }

    /** Whether a header is meant for the gateway, so servers do not see what a client or a policy sent in it. */
    public static boolean staysAtGateway(String lowerCaseName) {
        return isInternal(lowerCaseName) || FOR_THE_GATEWAY.contains(lowerCaseName);
    }
}
