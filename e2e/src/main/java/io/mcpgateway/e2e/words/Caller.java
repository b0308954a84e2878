package io.mcpgateway.e2e.words;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** One client: makes calls one after the other, each with a word of its own. Not thread-safe. */
public interface Caller extends AutoCloseable {
    /** The kind of client. */
    enum Kind {
        /** One session for all its calls. */
        KEEPS_ITS_SESSION(Era.LEGACY),
        /** The same, and servers may send it requests, so responses pass through the router. */
        CAN_BE_ASKED(Era.LEGACY),
        /** A session for each call, so each call needs a new session at the server. */
        ALWAYS_NEW(Era.LEGACY),
        /** Each call asks it for the word. */
        IS_ASKED(Era.LEGACY),
        /** With a credential, so its calls share a session at a legacy server. */
        HAS_A_CREDENTIAL(Era.MODERN),
        /** Without one, so each call needs a new session at a legacy server. */
        ANONYMOUS(Era.MODERN),
        /** With a credential, and each call asks it for the word: at a legacy server, the call is parked meanwhile. */
        COMES_BACK(Era.MODERN),
        /** Opens a subscription each time, and keeps it open during the next one. It uses no tool. */
        LISTENS(Era.MODERN);

        private final Era era;

        Kind(Era era) {
            this.era = era;
        }

        public Era era() {
            return era;
        }
    }

    /**
     * The result of one call.
     *
     * @param id of the JSON-RPC request that was answered
     * @param word of the call; empty for a subscription
     * @param reply empty if there was no complete response
     * @param failure why there was no complete response
     * @param took the time until the end of the response, questions included
     */
    record Outcome(long id, String word, Optional<Reply> reply, Optional<String> failure, Duration took) {
        static Outcome of(long id, String word, long start, Reply reply) {
            return new Outcome(id, word, Optional.of(reply), Optional.empty(), since(start));
        }

        static Outcome failed(long id, String word, long start, String why) {
            return new Outcome(id, word, Optional.empty(), Optional.of(why), since(start));
        }

        /** Whether this is the complete answer to this very call. */
        public boolean isAnswer() {
            return reply.filter(answer -> answer.status() == 200)
                    .flatMap(Outcome::json)
                    .filter(json -> word.isEmpty() ? acknowledges(json) : says(json))
                    .isPresent();
        }

        /** Whether something of another call is in it. */
        public boolean namesAnotherCall() {
            return reply.filter(answer -> !Word.isOnly(word, answer.body())).isPresent();
        }

        private boolean says(JsonNode json) {
            String text = json.at("/result/content/0/text").asText();
            return json.path("id").asLong(-1) == id && (text.equals(word) || text.equals(WordServer.large(word)));
        }

        private boolean acknowledges(JsonNode json) {
            JsonNode params = json.path("params");
            return json.path("method").asText().equals("notifications/subscriptions/acknowledged")
                    && params.at("/notifications/toolsListChanged").asBoolean()
                    && params.path("_meta")
                                    .path("io.modelcontextprotocol/subscriptionId")
                                    .asLong(-1)
                            == id;
        }

        private static Optional<JsonNode> json(Reply reply) {
            try {
                return Optional.of(reply.json());
            } catch (IllegalStateException notJson) {
                return Optional.empty();
            }
        }

        private static Duration since(long start) {
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    /**
     * A client that is connected.
     *
     * @param number of its own, for its words and its credential
     * @param prefix of the tools of the server that it calls
     * @param connection may be shared
     * @throws IOException if it gets no session
     */
    static Caller connect(int number, Kind kind, String prefix, McpClient connection) throws IOException {
        return switch (kind) {
            case KEEPS_ITS_SESSION, CAN_BE_ASKED, ALWAYS_NEW, IS_ASKED ->
                LegacyCaller.connect(number, kind, prefix, connection);
            case HAS_A_CREDENTIAL, ANONYMOUS, COMES_BACK -> new ModernCaller(number, kind, prefix, connection);
            case LISTENS -> new Listener(connection);
        };
    }

    /**
     * A client of this era that is asked in each of its calls, and can leave the question open for a while.
     *
     * @throws IOException if it gets no session
     */
    static AskedCaller askable(int number, Era era, String prefix, McpClient connection) throws IOException {
        return switch (era) {
            case LEGACY -> LegacyCaller.connect(number, Kind.IS_ASKED, prefix, connection);
            case MODERN -> new ModernCaller(number, Kind.COMES_BACK, prefix, connection);
        };
    }

    /** Makes the next call, and waits for its answer. */
    Outcome call();

    @Override
    void close();
}
