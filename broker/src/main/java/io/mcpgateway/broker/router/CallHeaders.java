package io.mcpgateway.broker.router;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.router.RouteDecision.CallServer;
import io.mcpgateway.broker.url.Chosen;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The headers by which policies and servers know what a call is about. */
public final class CallHeaders {
    private CallHeaders() {}

    /** Method, name or URI, and server of a call; each value fit for a header. */
    public static Map<String, String> of(CallServer call) {
        Map<String, String> headers = of(call.method(), new CallTarget.Found(call.route(), call.name()));
        headers.putAll(UrlEdits.told(call.session().url()));
        return headers;
    }

    static Map<String, String> of(String method, CallTarget.Found target) {
        Map<String, String> headers = new LinkedHashMap<>(8);
        headers.put(GatewayHeaders.METHOD, method);
        headers.put(nameHeader(target.route().kind()), text(target.ownName()));
        headers.put(
                GatewayHeaders.SERVER_NAME, text(target.route().server().name().value()));
        return headers;
    }

    /** The same, what a tool says of its effects, and what the URL chose. */
    public static Map<String, String> withHints(String method, CallTarget.Found target, Chosen url) {
        Map<String, String> headers = of(method, target);
        headers.putAll(UrlEdits.told(url));
        if (target.route().kind() == CapabilityKind.TOOL) {
            headers.put(GatewayHeaders.ANNOTATION_HINTS, target.route().hints().headerValue());
        }
        return headers;
    }

    private static String nameHeader(CapabilityKind kind) {
        return switch (kind) {
            case TOOL -> GatewayHeaders.TOOL_NAME;
            case PROMPT -> GatewayHeaders.PROMPT_NAME;
            case RESOURCE, RESOURCE_TEMPLATE -> GatewayHeaders.RESOURCE_URI;
        };
    }

    /**
     * Text as a header value: every byte of its UTF-8 form that is no visible ASCII character, and the percent sign, as
     * {@code %XX}, so that two names never become one value and no byte can end the header.
     */
    public static String text(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(String.format(Locale.ROOT, "%02X", octet));
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int character) {
        return character > ' ' && character < 0x7f && character != '%';
    }
}
