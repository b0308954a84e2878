package io.mcpgateway.e2e.words;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client of MCP 2026-07-28. */
final class ModernCaller implements AskedCaller {
    private static final String VERSION = "2026-07-28";
    private static final int MOST_ROUNDS = 5;

    private final int number;
    private final Kind kind;
    private final String prefix;
    private final McpClient connection;
    private long calls = 100;

    ModernCaller(int number, Kind kind, String prefix, McpClient connection) {
        this.number = number;
        this.kind = kind;
        this.prefix = prefix;
        this.connection = connection;
    }

    @Override
    public Outcome call() {
        long id = ++calls;
        String word = Word.of(number, id);
        long start = System.nanoTime();
        try {
            Reply reply = send(id, word, "");
            for (int round = 0; isQuestion(reply, word) && round < MOST_ROUNDS; round++) {
                id = ++calls;
                reply = send(id, word, inputs(reply, word));
            }
            return Outcome.of(id, word, start, reply);
        } catch (IOException e) {
            return Outcome.failed(id, word, start, e.toString());
        }
    }

    @Override
    public Asked begin() throws IOException {
        String word = Word.of(number, ++calls);
        Reply question = send(calls, word, "");
        if (!isQuestion(question, word)) {
            throw new IOException("asks nothing: " + question);
        }
        return new Asked() {
            @Override
            public String word() {
                return word;
            }

            @Override
            public Outcome end() {
                long id = ++calls;
                long start = System.nanoTime();
                try {
                    return Outcome.of(id, word, start, send(id, word, inputs(question, word)));
                } catch (IOException e) {
                    return Outcome.failed(id, word, start, e.toString());
                }
            }

            // There is nothing to close: the client just does not come back.
            @Override
            public void leave() {}
        };
    }

    /** What every request of this revision has. */
    static Map<String, String> headers(String method) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Mcp-Protocol-Version", VERSION);
        headers.put("Mcp-Method", method);
        return headers;
    }

    static String body(long id, String method, String params, String capabilities) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + params
                + ",\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"" + VERSION
                + "\",\"io.modelcontextprotocol/clientInfo\":{\"name\":\"e2e\",\"version\":\"1\"},"
                + "\"io.modelcontextprotocol/clientCapabilities\":" + capabilities + "}}}";
    }

    @Override
    public void close() {}

    private Reply send(long id, String word, String more) throws IOException {
        boolean asks = kind == Kind.COMES_BACK;
        String tool = prefix + (asks ? WordServer.ASK : WordServer.SAY);
        Map<String, String> headers = headers("tools/call");
        headers.put("Mcp-Name", tool);
        if (kind != Kind.ANONYMOUS) {
            headers.put("Authorization", "Bearer words-" + number);
        }
        String params = "\"name\":\"" + tool + "\",\"arguments\":{\"word\":\"" + word + "\"}" + more;
        return connection.post(body(id, "tools/call", params, asks ? "{\"elicitation\":{}}" : "{}"), headers);
    }

    /** Questions about another word are not replied to: they are wrong answers. */
    private static boolean isQuestion(Reply reply, String word) {
        return reply.status() == 200 && reply.body().contains("\"input_required\"") && Word.isOnly(word, reply.body());
    }

    private static String inputs(Reply question, String word) {
        JsonNode result = question.json().path("result");
        StringBuilder inputs = new StringBuilder();
        result.path("inputRequests")
                .fieldNames()
                .forEachRemaining(key -> inputs.append(inputs.isEmpty() ? "" : ",")
                        .append('"')
                        .append(key)
                        .append("\":")
                        .append(Word.filledIn(word)));
        String state = result.has("requestState") ? ",\"requestState\":" + result.get("requestState") : "";
        return ",\"inputResponses\":{" + inputs + "}" + state;
    }
}
