package io.mcpgateway.broker.client;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.json.RawJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Builds HTTP requests. Each throws {@link IllegalArgumentException} for a header that HTTP does not allow. */
final class McpRequests {
    private McpRequests() {}

    static HttpRequest.Builder base(McpTarget target) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(withoutUserInfo(target.url()));
        target.headers().next().forEach(builder::setHeader);
        return builder.setHeader("Accept-Encoding", "identity");
    }

    static HttpRequest post(HttpRequest.Builder base, RawJson body, String accept) {
        return base.setHeader("Accept", accept)
                .setHeader("Content-Type", MediaTypes.JSON)
                .POST(BodyPublishers.ofByteArray(body.bytes()))
                .build();
    }

    static McpOutcome.Failure invalidHeader() {
        return new McpOutcome.ProtocolViolation(
                "cannot send the request: its url or a header value (credential?) is not valid in HTTP");
    }

    private static URI withoutUserInfo(URI url) {
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
