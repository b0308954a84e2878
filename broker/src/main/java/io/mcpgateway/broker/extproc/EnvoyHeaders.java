package io.mcpgateway.broker.extproc;

import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RequestHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Headers as Envoy sends them, read into ours: names in lower case, pseudo headers apart. Envoy puts values into
 * {@code raw_value}; {@code value} is what older versions and other clients use.
 */
record EnvoyHeaders(Map<String, String> pseudo, RequestHeaders headers) {
    EnvoyHeaders {
        pseudo = Map.copyOf(pseudo);
    }

    static EnvoyHeaders read(HeaderMap map) {
        Map<String, String> pseudo = new HashMap<>();
        Map<String, List<String>> headers = new HashMap<>();
        for (HeaderValue header : map.getHeadersList()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(":")) {
                pseudo.putIfAbsent(name, text(header));
            } else {
                headers.computeIfAbsent(name, _ -> new ArrayList<>()).add(text(header));
            }
        }
        return new EnvoyHeaders(pseudo, RequestHeaders.of(headers));
    }

    /** Empty if this is not the head of an ordinary request (Envoy always has both method and path). */
    Optional<RequestHead> requestHead() {
        String method = pseudo.getOrDefault(":method", "");
        String path = pseudo.getOrDefault(":path", "");
        return method.isEmpty() || path.isEmpty()
                ? Optional.empty()
                : Optional.of(new RequestHead(
                        method.toUpperCase(Locale.ROOT), pseudo.getOrDefault(":authority", ""), path, headers));
    }

    /** Of a response; 0 if there is none to read. */
    int status() {
        String status = pseudo.getOrDefault(":status", "");
        return status.matches("[1-9][0-9]{2}") ? Integer.parseInt(status) : 0;
    }

    private static String text(HeaderValue header) {
        return header.getRawValue().isEmpty()
                ? header.getValue()
                : header.getRawValue().toStringUtf8();
    }
}
