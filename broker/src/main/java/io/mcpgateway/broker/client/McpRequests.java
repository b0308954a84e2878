package io.mcpgateway.broker.client;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.transport.OutgoingCall;
import io.mcpgateway.broker.transport.ServerTransport;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes HTTP requests. Each method throws {@link IllegalArgumentException} for what HTTP does not allow. */
final class McpRequests {
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    /** The transport's own: they say how messages are framed, or for whom they are. */
    private static final Set<String> NOT_OURS = Set.of(
            StandardHeaders.CONNECTION,
            StandardHeaders.CONTENT_LENGTH,
            "expect",
            StandardHeaders.HOST,
            StandardHeaders.TRANSFER_ENCODING,
            "upgrade");

    private McpRequests() {}

    /** One request, whose values may be secret. */
    record Request(String method, URI url, Map<String, List<String>> headers, Optional<RawJson> body) {
        OutgoingCall through(ServerTransport transport) {
            return transport.call(method, url, headers, body.map(RawJson::bytes));
        }

        @Override
        public String toString() {
            return method + " " + McpTarget.displayUrl(url);
        }
    }

    /** The headers of a request that is being made. */
    static final class Draft {
        private final URI url;
        private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

        private Draft(URI url) {
            this.url = url;
        }

        /** Sets a header, in place of one with the same name. */
        Draft header(String name, String value) {
            if (!isName(name) || NOT_OURS.contains(name.toLowerCase(Locale.ROOT)) || !isSendable(value)) {
                throw new IllegalArgumentException("not a header that can be sent");
            }
            headers.put(name, List.of(value));
            return this;
        }

        Request get() {
            return new Request("GET", url, headers, Optional.empty());
        }

        Request delete() {
            return new Request("DELETE", url, headers, Optional.empty());
        }

        /** Posts a message, which is answered with JSON or a stream of events. */
        Request post(RawJson body) {
            header(StandardHeaders.ACCEPT, MediaTypes.JSON_OR_EVENT_STREAM);
            header(StandardHeaders.CONTENT_TYPE, MediaTypes.JSON);
            return new Request("POST", url, headers, Optional.of(body));
        }

        private static boolean isName(String name) {
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
                if (!alphanumeric && TOKEN_SIGNS.indexOf(c) < 0) {
                    return false;
                }
            }
            return !name.isEmpty();
        }

        private static boolean isSendable(String value) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                    return false;
                }
            }
            return true;
        }
    }

    static Draft base(McpTarget target) {
        Draft draft = new Draft(sendable(target.url()));
        target.headers().next().forEach(draft::header);
        return draft.header(StandardHeaders.ACCEPT_ENCODING, "identity");
    }

    static McpOutcome.Failure invalidHeader() {
        return new McpOutcome.ProtocolViolation(
                "cannot send the request: its url or a header value (credential?) is not valid in HTTP");
    }

    /** Without user info. */
    private static URI sendable(URI url) {
        boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("not the url of an HTTP server");
        }
        if (url.getRawUserInfo() == null) {
            return url;
        }
        try {
            return new URI(url.getScheme(), null, url.getHost(), url.getPort(), url.getPath(), url.getQuery(), null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a url", e);
        }
    }
}
