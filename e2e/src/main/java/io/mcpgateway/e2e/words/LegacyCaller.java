package io.mcpgateway.e2e.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A client of MCP 2025-11-25. */
final class LegacyCaller implements AskedCaller {
    private static final long INITIALIZE_ID = 1;
    private static final String ASKABLE = McpClient.initialize("e2e", "{\"elicitation\":{},\"sampling\":{}}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int number;
    private final Kind kind;
    private final String prefix;
    private final McpClient connection;
    private final Optional<String> session;
    private long calls = 100;

    private LegacyCaller(int number, Kind kind, String prefix, McpClient connection, Optional<String> session) {
        this.number = number;
        this.kind = kind;
        this.prefix = prefix;
        this.connection = connection;
        this.session = session;
    }

    static LegacyCaller connect(int number, Kind kind, String prefix, McpClient connection) throws IOException {
        if (kind == Kind.ALWAYS_NEW) {
            return new LegacyCaller(number, kind, prefix, connection, Optional.empty());
        }
        Reply reply = connection.post(kind == Kind.KEEPS_ITS_SESSION ? McpClient.INITIALIZE : ASKABLE, Map.of());
        Optional<String> session = reply.header("mcp-session-id");
        if (session.isEmpty()) {
            throw new IOException("no session: " + reply);
        }
        return new LegacyCaller(number, kind, prefix, connection, session);
    }

    @Override
    public Outcome call() {
        long id = ++calls;
        String word = Word.of(number, id);
        long start = System.nanoTime();
        try {
            if (session.isPresent()) {
                McpClient client = connection.withSession(session);
                return Outcome.of(
                        id, word, start, kind == Kind.IS_ASKED ? ask(client, id, word) : say(client, id, word));
            }
            Reply begun = connection.post(McpClient.INITIALIZE, Map.of());
            Optional<String> fresh = begun.header("mcp-session-id");
            return begun.status() == 200 && fresh.isPresent()
                    ? Outcome.of(id, word, start, say(connection.withSession(fresh), id, word))
                    : Outcome.of(INITIALIZE_ID, word, start, begun);
        } catch (IOException | UncheckedIOException e) {
            return Outcome.failed(id, word, start, e.toString());
        }
    }

    @Override
    public void close() {}

    private Reply say(McpClient client, long id, String word) throws IOException {
        return client.post(body(WordServer.SAY, id, word), Map.of());
    }

    private Reply ask(McpClient client, long id, String word) throws IOException {
        Conversation conversation = new Conversation(client, id, word);
        return conversation.converse(conversation.question());
    }

    private String body(String tool, long id, String word) {
        return McpClient.callBody(Long.toString(id), prefix + tool, "{\"word\":\"" + word + "\"}");
    }

    @Override
    public Asked begin() throws IOException {
        long id = ++calls;
        String word = Word.of(number, id);
        Conversation conversation = new Conversation(connection.withSession(session), id, word);
        conversation.untilAsked();
        return conversation;
    }

    /** A call in whose stream the server asks. */
    private final class Conversation implements AskedCaller.Asked {
        private final McpClient client;
        private final long id;
        private final String word;
        private final HttpResponse<Stream<String>> response;
        private final Iterator<String> lines;
        private final StringBuilder all = new StringBuilder();
        /** The question that was left open. */
        private JsonNode asked = JSON.nullNode();

        Conversation(McpClient client, long id, String word) throws IOException {
            this.client = client;
            this.id = id;
            this.word = word;
            this.response = client.stream(body(WordServer.ASK, id, word), Map.of());
            this.lines = response.body().iterator();
        }

        @Override
        public String word() {
            return word;
        }

        /** Reads until the next question; empty if the stream ends before. */
        private Optional<JsonNode> question() throws IOException {
            while (lines.hasNext()) {
                String line = lines.next();
                all.append(line).append('\n');
                if (line.startsWith("data:") && line.contains("\"elicitation/create\"")) {
                    return Optional.of(JSON.readTree(line.substring("data:".length())));
                }
            }
            return Optional.empty();
        }

        void untilAsked() throws IOException {
            asked = question().orElseThrow(() -> new IOException("asks nothing: " + whole()));
        }

        @Override
        public Outcome end() {
            long start = System.nanoTime();
            try {
                return Outcome.of(id, word, start, converse(Optional.of(asked)));
            } catch (IOException | UncheckedIOException e) {
                return Outcome.failed(id, word, start, e.toString());
            }
        }

        @Override
        public void leave() {
            response.body().close();
        }

        /** The whole stream of the call, or the answer to the client's reply if that is refused. */
        Reply converse(Optional<JsonNode> first) throws IOException {
            try (Stream<String> _ = response.body()) {
                for (Optional<JsonNode> next = first; next.isPresent(); next = question()) {
                    String reply = "{\"jsonrpc\":\"2.0\",\"id\":" + next.get().get("id") + ",\"result\":"
                            + Word.filledIn(word) + "}";
                    Reply taken = client.post(reply, Map.of());
                    if (taken.status() != 202) {
                        return taken;
                    }
                }
            }
            return whole();
        }

        Reply whole() {
            // Without the line end that only our reading by lines has added.
            String body = all.isEmpty() ? "" : all.substring(0, all.length() - 1);
            return new Reply(response.statusCode(), response.headers().map(), body);
        }
    }
}
