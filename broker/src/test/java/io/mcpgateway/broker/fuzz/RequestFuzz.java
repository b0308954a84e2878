package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.router.ServerBound;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Headers and body together, as a client writes them: lines up to an empty one, then the body. Headers that have a server
 * read the body in another way than the router did must reach none.
 */
public final class RequestFuzz {
    private static final String BODY =
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"p_open\",\"arguments\":{}}}";
    /** In UTF-7 it names another tool. */
    private static final String TWO_NAMES =
            BODY.replace("\"arguments\":{}", "\"x\":\"+ACIALAAi-name+ACIAOgAi-p_hidden\"");

    static final List<String> SEEDS = List.of(
            request(BODY, "content-type: application/json"),
            request(BODY, "Content-Type: Application/JSON; charset=\"utf-8\""),
            request(TWO_NAMES, "content-type: application/json; charset=utf-7"),
            request(TWO_NAMES, "content-type: application/json", "content-type: application/json; charset=utf-7"),
            request(TWO_NAMES, "content-type: application/json; charset*=utf-8''utf-7", "content-encoding: identity"),
            request(BODY, "content-type: application/json", "content-encoding: identity", "content-encoding: gzip"),
            request(BODY, "content-type: application/json", "x-mcp-toolname: hidden", "x-mcp-servername: ns/two"),
            request(BODY, "content-type: application/json", "mcp-init-host: two.mcp.local", "router-key: x"),
            request(BODY, "content-type: application/json", "mcp-name: hidden", "mcp-name: open", "mcp-method: ping"),
            request(
                    BODY,
                    "content-type: application/json",
                    "mcp-protocol-version: 2025-11-25, 2025-11-25",
                    "cookie: a=b"),
            request(BODY, "content-type: application/json", "authorization: Bearer x", "x-forwarded-access-token: y"));

    private RequestFuzz() {}

    private static String request(String body, String... headers) {
        return String.join("\n", headers) + "\n\n" + body;
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\n\n");
        if (end < 0) {
            return;
        }
        RequestHeaders headers = headers(text.substring(0, end));
        RawJson body = RawJson.of(text.substring(end + 2).getBytes(StandardCharsets.ISO_8859_1));
        RoutingFuzz.sent(new RequestHead("POST", "mcp.example.com", "/mcp", headers), body)
                .ifPresent(forward -> assertReadAlike(headers, forward));
    }

    private static void assertReadAlike(RequestHeaders asked, RouteDecision.Forward forward) {
        Map<String, List<String>> sent = edited(asked, forward.edits());
        assertThat(sent.get("content-type")).containsExactly("application/json");
        assertThat(sent).doesNotContainKey("content-encoding");
        sent.forEach((name, values) -> {
            if (name.startsWith("mcp-")) {
                assertThat(values).as(name).hasSize(1);
            }
            if (GatewayHeaders.staysAtGateway(name)) {
                assertThat(forward.edits().set()).as(name).containsKey(name);
            }
        });
        Map<String, List<String>> atTheServer =
                edited(RequestHeaders.of(sent), ServerBound.edits(new CallAuthorization.None()));
        assertThat(atTheServer).doesNotContainKeys("authorization", "cookie", GatewayHeaders.UPSTREAM_AUTHORIZATION);
    }

    static Map<String, List<String>> edited(RequestHeaders headers, HeaderEdits edits) {
        Map<String, List<String>> all = new TreeMap<>();
        headers.names().forEach(name -> all.put(name, headers.all(name)));
        all.keySet().removeAll(edits.remove());
        edits.set().forEach((name, value) -> all.put(name, List.of(value)));
        return all;
    }

    private static RequestHeaders headers(String lines) {
        Map<String, List<String>> headers = lines(lines);
        headers.put("mcp-session-id", List.of("token"));
        return RequestHeaders.of(headers);
    }

    /** The headers in these lines, names in lower case. */
    static Map<String, List<String>> lines(String lines) {
        Map<String, List<String>> headers = new TreeMap<>();
        lines.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                        .add(line.substring(colon + 1).strip());
            }
        });
        return headers;
    }
}
