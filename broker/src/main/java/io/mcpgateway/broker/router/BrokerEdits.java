package io.mcpgateway.broker.router;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.listing.FindTools;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.url.Chosen;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The headers of a request on its way to the broker. */
final class BrokerEdits {
    private static final String AUTHORITY = ":authority";
    private static final int MAX_METHOD_HEADER = 128;

    private BrokerEdits() {}

    /** Of a request that is not a message; {@code isMcp} if it is still on MCP's path. */
    static HeaderEdits pinned(RequestHead head, boolean isMcp, RouterFacts facts, String publicHost) {
        Map<String, String> set = new LinkedHashMap<>();
        set.put(AUTHORITY, home(head.authority(), publicHost));
        if (isMcp) {
            set.put(GatewayHeaders.CALLER, facts.caller().value());
        }
        return new HeaderEdits(set, head.internalHeaders());
    }

    /** The public host, with the client's port, because the broker returns the URL that the client used. */
    private static String home(String asked, String publicHost) {
        boolean ours = asked.regionMatches(true, 0, publicHost, 0, publicHost.length())
                && asked.substring(publicHost.length()).matches(":[0-9]{1,5}");
        return ours ? publicHost + asked.substring(publicHost.length()) : publicHost;
    }

    /** Of a message of this method. */
    static HeaderEdits ofMessage(RequestHead head, String method, RouterFacts facts, String publicHost) {
        Map<String, String> set = new LinkedHashMap<>();
        if (isSafeMethod(method)) {
            set.put(GatewayHeaders.METHOD, method);
        }
        set.put(GatewayHeaders.SERVER_NAME, BrokerLaunch.SERVER_NAME);
        set.put(GatewayHeaders.CALLER, facts.caller().value());
        set.put(AUTHORITY, publicHost);
        Set<String> remove = new HashSet<>(head.internalHeaders());
        CallEdits.media(head.headers(), set, remove);
        return new HeaderEdits(set, remove);
    }

    /** Of a call of the gateway's own tool: policies see which one it is, as with any other tool. */
    static HeaderEdits ofFindTools(RequestHead head, RouterFacts facts, String publicHost) {
        return ofMessage(head, McpMethod.TOOLS_CALL.wireName(), facts, publicHost)
                .then(new HeaderEdits(Map.of(GatewayHeaders.TOOL_NAME, FindTools.NAME), Set.of()));
    }

    /** Of a call that the broker makes in the client's place: policies see what it is about, as on its way to a server. */
    static HeaderEdits ofBridged(
            RequestHead head, String method, CallTarget.Found target, RouterFacts facts, String publicHost) {
        HeaderEdits edits = ofMessage(head, method, facts, publicHost);
        return edits.then(new HeaderEdits(CallHeaders.withHints(method, target, new Chosen.Nothing()), Set.of()));
    }

    /** Other method names are legal, but do not belong in a header. */
    private static boolean isSafeMethod(String method) {
        if (method.isEmpty() || method.length() > MAX_METHOD_HEADER) {
            return false;
        }
        for (int i = 0; i < method.length(); i++) {
            if (!isSafe(method.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSafe(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || "_/.$-".indexOf(character) >= 0;
    }
}
