package io.mcpgateway.broker.extproc.wire;

import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.RequestHead;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Headers as Envoy sends them, read into ours: names in lower case, pseudo headers apart, each of which is empty if it
 * is missing. Envoy puts values into {@code raw_value}; {@code value} is what older versions and other clients use.
 *
 * @param method {@code :method}
 * @param path {@code :path}
 * @param authority {@code :authority}
 * @param statusText {@code :status}
 */
public record EnvoyHeaders(String method, String path, String authority, String statusText, RequestHeaders headers) {
    static EnvoyHeaders read(HeaderMap map) {
        Reading reading = new Reading(RequestHeaders.reading());
        for (HeaderValue header : map.getHeadersList()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(":")) {
                reading.pseudo(name, text(header));
            } else {
                reading.headers.add(name, text(header));
            }
        }
        return reading.done();
    }

    /** Empty if this is not the head of an ordinary request (Envoy always has both method and path). */
    public Optional<RequestHead> requestHead() {
        return method.isEmpty() || path.isEmpty()
                ? Optional.empty()
                : Optional.of(new RequestHead(method.toUpperCase(Locale.ROOT), authority, path, headers));
    }

    /** Of a response; 0 if there is none to read. */
    public int status() {
        return statusText.matches("[1-9][0-9]{2}") ? Integer.parseInt(statusText) : 0;
    }

    private static String text(HeaderValue header) {
        return header.getRawValue().isEmpty()
                ? header.getValue()
                : header.getRawValue().toStringUtf8();
    }

    /** What was read so far. Of a pseudo header that comes twice the first counts. */
    static final class Reading {
        final RequestHeaders.Reading headers;
        private @Nullable String method;
        private @Nullable String path;
        private @Nullable String authority;
        private @Nullable String status;

        Reading(RequestHeaders.Reading headers) {
            this.headers = headers;
        }

        void pseudo(String name, String value) {
            switch (name) {
                case ":method" -> method = method == null ? value : method;
                case ":path" -> path = path == null ? value : path;
                case ":authority" -> authority = authority == null ? value : authority;
                case ":status" -> status = status == null ? value : status;
                default -> {}
            }
        }

        EnvoyHeaders done() {
            return new EnvoyHeaders(given(method), given(path), given(authority), given(status), headers.done());
        }

        private static String given(@Nullable String text) {
            return text == null ? "" : text;
        }
    }
}
