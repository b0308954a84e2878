package io.mcpgateway.broker.bridge;

import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.translation.ClientReply;
import io.mcpgateway.broker.translation.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/** The questions of one call: sent on the answer to it, and answered by other requests of the client, in any order. */
final class Questions {
    private static final int MAX_QUESTIONS = 32;
    private static final int SHOWN = 200;

    /** What came of one round of questions. */
    sealed interface Result {
        /** By the server's keys. */
        record Answered(Map<String, RawJson> responses) implements Result {}

        record Failed(String why) implements Result {}
    }

    private final ClientAnswer answer;
    private final IntFunction<String> ids;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    /** Of the current round, by number; the reply where it is there. */
    private final Map<Integer, Optional<RawJson>> open = new LinkedHashMap<>();

    private int asked;

    /** @param ids the id of a question for the client, by its number */
    Questions(ClientAnswer answer, IntFunction<String> ids) {
        this.answer = answer;
        this.ids = ids;
    }

    /** Why the client cannot be asked; then it is not asked anything. */
    static Optional<String> impossible(List<Question> questions, ClientsCall call, boolean takesStream) {
        String server = call.serverName();
        if (!takesStream) {
            return Optional.of("server " + server
                    + " wants to ask the client something, for which the client must accept text/event-stream");
        }
        if (questions.size() > MAX_QUESTIONS) {
            return Optional.of("server " + server + " asks for " + questions.size()
                    + " inputs at once; the gateway passes on " + MAX_QUESTIONS);
        }
        return questions.stream()
                .flatMap(question -> question.undeclared(call.session().features()).stream())
                .findFirst()
                .map(feature -> "server " + server + " asks for something that the client does not support: " + feature
                        + " is not among the capabilities that it declared at initialize");
    }

    /** Asks the client, and waits for all replies. */
    Result ask(List<Question> questions, Duration patience) throws InterruptedException {
        Map<Integer, Question> numbered = numbered(questions);
        for (Map.Entry<Integer, Question> entry : numbered.entrySet()) {
            if (!answer.offer(entry.getValue().forClient(ids.apply(entry.getKey())))) {
                throw new InterruptedException("the client has left");
            }
        }
        Map<Integer, RawJson> replies = await(patience);
        if (replies.size() < numbered.size()) {
            for (int number : numbered.keySet()) {
                if (!replies.containsKey(number)) {
                    withdraw(number);
                }
            }
            return new Result.Failed("the client did not reply within " + patience.toSeconds()
                    + " s to what the server asked; the call was not completed");
        }
        return responses(numbered, replies);
    }

    private Map<Integer, Question> numbered(List<Question> questions) {
        Map<Integer, Question> numbered = new LinkedHashMap<>();
        lock.lock();
        try {
            open.clear();
            for (Question question : questions) {
                numbered.put(asked, question);
                open.put(asked, Optional.empty());
                asked++;
            }
        } finally {
            lock.unlock();
        }
        return numbered;
    }

    /** The first reply to a question that is open counts; whether it was that. */
    boolean replied(int number, RawJson reply) {
        lock.lock();
        try {
            if (open.getOrDefault(number, Optional.of(reply)).isPresent()) {
                return false;
            }
            open.put(number, Optional.of(reply));
            news.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** The replies that are there when all are, or patience ends; later ones are too late. */
    private Map<Integer, RawJson> await(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && open.values().stream().anyMatch(Optional::isEmpty)) {
                left = news.awaitNanos(left);
            }
            Map<Integer, RawJson> replies = new HashMap<>();
            open.forEach((number, reply) -> reply.ifPresent(value -> replies.put(number, value)));
            open.clear();
            return replies;
        } finally {
            lock.unlock();
        }
    }

    private void withdraw(int number) throws InterruptedException {
        answer.offer(RawJson.of("{\"jsonrpc\":\"2.0\",\"method\":\"" + McpMethod.CANCELLED.wireName()
                + "\",\"params\":{\"requestId\":" + JsonText.quote(ids.apply(number))
                + ",\"reason\":\"the reply took too long\"}}"));
    }

    private static Result responses(Map<Integer, Question> numbered, Map<Integer, RawJson> replies) {
        Map<String, RawJson> responses = new LinkedHashMap<>();
        for (Map.Entry<Integer, Question> entry : numbered.entrySet()) {
            Question question = entry.getValue();
            RawJson reply = replies.getOrDefault(entry.getKey(), RawJson.of("{}"));
            switch (ClientReply.of(question.method(), reply)) {
                case ClientReply.Given(RawJson response) -> responses.put(question.key(), response);
                case ClientReply.Refused(String message) -> {
                    return new Result.Failed("the client answered " + question.method()
                            + " of the server with an error"
                            + (message.isEmpty() ? "" : ": " + JsonText.excerpt(message, SHOWN)));
                }
            }
        }
        return new Result.Answered(responses);
    }
}
