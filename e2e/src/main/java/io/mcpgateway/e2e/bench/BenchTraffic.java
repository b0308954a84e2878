package io.mcpgateway.e2e.bench;

import io.mcpgateway.e2e.client.McpClient;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** The requests of the scenarios. */
public final class BenchTraffic {
    private static final String INITIALIZED = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";

    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"bench\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}},";

    private BenchTraffic() {}

    /** Calls one tool repeatedly in one session; the first call is not timed. */
    public static Load.Worker calls(String tool) {
        return connection -> {
            String body = call(tool);
            byte[] request = connection.request("POST", body, Optional.of(open(connection)));
            Load.Operation call = each -> {
                RawConnection.Answer answer = each.exchange(request);
                return answer.status() == 200 && answer.text().contains(BenchBackend.ANSWER);
            };
            if (!call.run(connection)) {
                throw new IOException("the first call failed");
            }
            return call;
        };
    }

    /**
     * Calls one tool repeatedly as a client of MCP 2026-07-28. It has a credential, so its calls at a legacy server share a
     * session.
     */
    static Load.Worker modernCalls(String tool) {
        return connection -> {
            byte[] request = connection.message(
                    "/mcp",
                    call(tool).replace("\"params\":{", "\"params\":{" + META),
                    Map.of(
                            "mcp-protocol-version", "2026-07-28",
                            "mcp-method", "tools/call",
                            "mcp-name", tool,
                            "authorization", "Bearer bench"));
            return each -> {
                RawConnection.Answer answer = each.exchange(request);
                return answer.status() == 200 && answer.text().contains(BenchBackend.ANSWER);
            };
        };
    }

    /** The same at a server's own URL, without a credential. */
    static Load.Worker serverCalls(String path, String tool) {
        return connection -> {
            byte[] request = connection.message(
                    path,
                    call(tool).replace("\"params\":{", "\"params\":{" + META),
                    Map.of("mcp-protocol-version", "2026-07-28", "mcp-method", "tools/call", "mcp-name", tool));
            return each -> {
                RawConnection.Answer answer = each.exchange(request);
                return answer.status() == 200 && answer.text().contains(BenchBackend.ANSWER);
            };
        };
    }

    /** Lists the tools repeatedly; every response must have the length of the first one and this number of tools. */
    static Load.Worker lists(int tools) {
        return repeated("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}", "tool" + (tools - 1) + "\"");
    }

    static Load.Worker pings() {
        return repeated("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}", "\"result\":{}");
    }

    /** A session from start to end. */
    static Load.Worker cycles() {
        return connection -> each -> {
            String session = open(each);
            return end(each, session);
        };
    }

    static boolean end(RawConnection connection, String session) throws IOException {
        int status = connection
                .exchange(connection.request("DELETE", "", Optional.of(session)))
                .status();
        return status == 200 || status == 202 || status == 204;
    }

    /** Initializes a session and returns its id. */
    public static String open(RawConnection connection) throws IOException {
        RawConnection.Answer answer =
                connection.exchange(connection.request("POST", McpClient.INITIALIZE, Optional.empty()));
        if (answer.status() != 200 || answer.session().isEmpty()) {
            throw new IOException("initialize answered " + answer.status() + " " + answer.text());
        }
        connection.exchange(connection.request("POST", INITIALIZED, Optional.of(answer.session())));
        return answer.session();
    }

    public static String call(String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":{\"text\":\"hello\",\"count\":12345678901234567890}}}";
    }

    private static Load.Worker repeated(String body, String expected) {
        return connection -> {
            byte[] request = connection.request("POST", body, Optional.of(open(connection)));
            RawConnection.Answer first = connection.exchange(request);
            if (first.status() != 200 || !first.text().contains(expected)) {
                throw new IOException("answered " + first.status() + " " + first.text());
            }
            return each -> {
                RawConnection.Answer answer = each.exchange(request);
                return answer.status() == 200 && answer.body().length == first.body().length;
            };
        };
    }
}
