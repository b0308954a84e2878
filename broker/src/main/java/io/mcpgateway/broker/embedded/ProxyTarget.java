package io.mcpgateway.broker.embedded;

import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.api.wire.WithheldHeaders;
import io.mcpgateway.broker.http.HopByHop;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where a request goes and with what.
 *
 * @param name what the client may know of the target, for error texts
 * @param body empty for none
 * @param call of a forwarded call, to conclude it
 * @param limit how long it may take to the end of its answer, if that is set
 * @param withheld headers of the answer that do not go on
 */
record ProxyTarget(
        String name,
        URI uri,
        String method,
        Map<String, List<String>> headers,
        Optional<RawJson> body,
        Optional<CallMetadata> call,
        Optional<Duration> limit,
        Set<String> withheld) {
    ProxyTarget {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(method, "method");
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(limit, "limit");
        withheld = Set.copyOf(withheld);
    }

    /**
     * The request after the edits, to {@code origin}; {@code :authority} is not used, because {@code Host} names the
     * server that we really talk to.
     *
     * @throws URISyntaxException if the path cannot be part of a URI
     */
    static ProxyTarget of(String name, URI origin, RequestHead head, HeaderEdits edits, Optional<RawJson> body)
            throws URISyntaxException {
        String path = edits.set().getOrDefault(":path", head.path());
        URI uri = new URI(origin.getScheme() + "://" + origin.getRawAuthority() + path);
        if (!path.startsWith("/") || !Objects.equals(uri.getRawAuthority(), origin.getRawAuthority())) {
            throw new URISyntaxException(path, "not an absolute path");
        }
        return new ProxyTarget(
                name, uri, head.method(), edited(head, edits), body, Optional.empty(), Optional.empty(), Set.of());
    }

    ProxyTarget concludedBy(CallMetadata metadata, Optional<Duration> callTimeout) {
        return new ProxyTarget(name, uri, method, headers, body, Optional.of(metadata), callTimeout, withheld);
    }

    /** For requests that others conclude. */
    ProxyTarget limitedTo(Optional<Duration> callTimeout) {
        return new ProxyTarget(name, uri, method, headers, body, call, callTimeout, withheld);
    }

    /** Whether the request has the caller's own token, if there is one. */
    boolean asCaller() {
        return WithheldHeaders.CHALLENGES.stream().noneMatch(withheld::contains);
    }

    ProxyTarget withholding(Set<String> responseHeaders) {
        return new ProxyTarget(name, uri, method, headers, body, call, limit, responseHeaders);
    }

    /** Whether the headers can be sent as they are, which only visible ASCII, spaces and tabs can. */
    boolean isSendable() {
        return headers.values().stream()
                .flatMap(List::stream)
                .allMatch(value -> value.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\t'));
    }

    /** Header names only, like {@code RequestHeaders}: values may be secret. */
    @Override
    public String toString() {
        return "ProxyTarget[" + method + " " + name + " " + headers.keySet() + "]";
    }

    private static Map<String, List<String>> edited(RequestHead head, HeaderEdits edits) {
        Map<String, List<String>> incoming = new LinkedHashMap<>();
        head.headers().names().forEach(name -> incoming.put(name, head.headers().all(name)));
        Map<String, List<String>> headers = HopByHop.without(incoming);
        edits.remove().forEach(headers::remove);
        edits.set().forEach((name, value) -> headers.put(name, List.of(value)));
        headers.keySet()
                .removeIf(name -> name.startsWith(":")
                        || name.equals(StandardHeaders.HOST)
                        || name.equals(StandardHeaders.CONTENT_LENGTH)
                        || name.equals("expect"));
        return headers;
    }
}
