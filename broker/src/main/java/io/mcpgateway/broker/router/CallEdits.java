package io.mcpgateway.broker.router;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.mcp.Accept;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.MessageMedia;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RouteDecision.AnswerServerRequest;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionAffinity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The headers of a call on its way to a server. */
final class CallEdits {
    private static final String NO_FEATURES = "none";

    /** Modern revisions know neither. */
    private static final List<String> SESSION_HEADERS = List.of(McpHeaders.SESSION_ID, McpHeaders.LAST_EVENT_ID);

    private CallEdits() {}

    static HeaderEdits of(CallServer call, ServerSession serverSession) {
        RequestHeaders headers = call.head().headers();
        CapabilityRoute route = call.route();
        ServerRoute server = route.server();
        Set<String> remove = notForServers(headers);
        Map<String, String> set = new LinkedHashMap<>(16);
        if (route.kind() == CapabilityKind.TOOL) {
            set.put(GatewayHeaders.ANNOTATION_HINTS, route.hints().headerValue());
        }
        set.putAll(CallHeaders.of(call));
        affinity(call.session(), server, set);
        inSession(serverSession, headers, set, remove);
        if (!acceptsBoth(headers)) {
            set.put(StandardHeaders.ACCEPT, MediaTypes.JSON_OR_EVENT_STREAM);
        }
        boolean canBeAsked = call.session().features().canBeAsked();
        if (canBeAsked || Accept.onlyJson(headers)) {
            set.put(
                    GatewayHeaders.CLIENT_FEATURES,
                    canBeAsked ? call.session().features().names() : NO_FEATURES);
            // The gateway has to read the answer, if it is a stream.
            removePresent(StandardHeaders.ACCEPT_ENCODING, headers, remove);
        }
        media(headers, set, remove);
        toServer(server, set);
        return new HeaderEdits(set, remove);
    }

    /**
     * Of a call of a modern client to a modern server. {@code Mcp-Name} is written anew from the name in the body, and
     * goes where the specification wants it only: nobody has compared it elsewhere.
     *
     * @param features what the client can be asked for, if the gateway has to read the answer
     */
    static HeaderEdits sessionless(
            RequestHead head, McpMethod method, CallTarget.Found target, Optional<String> features) {
        RequestHeaders headers = head.headers();
        CapabilityRoute route = target.route();
        Set<String> remove = notForServers(headers);
        SESSION_HEADERS.forEach(name -> removePresent(name, headers, remove));
        Map<String, String> set = new LinkedHashMap<>(16);
        if (route.kind() == CapabilityKind.TOOL) {
            set.put(GatewayHeaders.ANNOTATION_HINTS, route.hints().headerValue());
        }
        set.putAll(CallHeaders.of(method.wireName(), target));
        if (method == McpMethod.COMPLETE) {
            removePresent(McpHeaders.NAME, headers, remove);
        } else {
            set.put(McpHeaders.NAME, HeaderText.encode(target.ownName()));
        }
        features.ifPresent(names -> {
            set.put(GatewayHeaders.CLIENT_FEATURES, names);
            removePresent(StandardHeaders.ACCEPT_ENCODING, headers, remove);
        });
        media(headers, set, remove);
        toServer(route.server(), set);
        return new HeaderEdits(set, remove);
    }

    /** Of a reply to a request of the server: no tool is called, so none is named. */
    static HeaderEdits ofReply(AnswerServerRequest answer, ServerSession serverSession) {
        RequestHeaders headers = answer.head().headers();
        ServerRoute server = answer.server();
        Set<String> remove = notForServers(headers);
        Map<String, String> set = new LinkedHashMap<>(8);
        set.put(GatewayHeaders.SERVER_NAME, CallHeaders.text(server.name().value()));
        set.putAll(UrlEdits.told(answer.session().url()));
        affinity(answer.session(), server, set);
        inSession(serverSession, headers, set, remove);
        media(headers, set, remove);
        toServer(server, set);
        return new HeaderEdits(set, remove);
    }

    /** Whatever way the client wrote that this is JSON in UTF-8, everybody behind us reads it the same. */
    static void media(RequestHeaders headers, Map<String, String> set, Set<String> remove) {
        if (!MessageMedia.isPlain(headers)) {
            set.put(StandardHeaders.CONTENT_TYPE, MediaTypes.JSON);
            removePresent(StandardHeaders.CONTENT_ENCODING, headers, remove);
        }
    }

    private static void toServer(ServerRoute server, Map<String, String> set) {
        set.put(
                GatewayHeaders.UPSTREAM_AUTHORIZATION,
                server.authorization().mode().word());
        set.put(":authority", server.hostname());
        set.put(":path", server.path());
    }

    private static void affinity(GatewaySession session, ServerRoute server, Map<String, String> set) {
        set.put(
                GatewayHeaders.SESSION_AFFINITY,
                SessionAffinity.of(session.id(), server.key()).value());
    }

    private static void inSession(
            ServerSession serverSession, RequestHeaders headers, Map<String, String> set, Set<String> remove) {
        if (serverSession.id().isPresent()) {
            set.put(McpHeaders.SESSION_ID, serverSession.id().get());
        } else {
            removePresent(McpHeaders.SESSION_ID, headers, remove);
        }
        if (ProtocolVersions.sentAsHeader(serverSession.protocolVersion())) {
            set.put(McpHeaders.PROTOCOL_VERSION, serverSession.protocolVersion());
        } else {
            removePresent(McpHeaders.PROTOCOL_VERSION, headers, remove);
        }
    }

    private static Set<String> notForServers(RequestHeaders headers) {
        Set<String> remove = new HashSet<>();
        headers.eachName(name -> {
            if (GatewayHeaders.staysAtGateway(name)) {
                remove.add(name);
            }
        });
        return remove;
    }

    private static void removePresent(String name, RequestHeaders headers, Set<String> remove) {
        if (headers.has(name)) {
            remove.add(name);
        }
    }

    /** MCP 2025-11-25, "Sending Messages to the Server": a client must name both; servers may insist. */
    private static boolean acceptsBoth(RequestHeaders headers) {
        boolean json = false;
        boolean stream = false;
        for (String value : headers.all(StandardHeaders.ACCEPT)) {
            String accept = value.toLowerCase(Locale.ROOT);
            json |= accept.contains(MediaTypes.JSON);
            stream |= accept.contains(MediaTypes.EVENT_STREAM);
        }
        return json && stream;
    }
}
