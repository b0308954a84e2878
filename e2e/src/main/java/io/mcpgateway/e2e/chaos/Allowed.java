package io.mcpgateway.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.words.Cell;
import java.util.Set;

/** One way in which a call may fail while something is broken. Every other failure is an error. */
sealed interface Allowed {
    /** This HTTP status with any body that is not a result. */
    record Status(int status) implements Allowed {}

    /** The gateway's own JSON-RPC error for this very call; if its stream has begun before, the status is 200. */
    record RpcError(int status, int code, String words) implements Allowed {}

    /** The gateway's own JSON-RPC error for the reply to a question of this call, which has no ID. */
    record ReplyRefused(int status, String words) implements Allowed {}

    /** The server's own bytes, although they are not a result. {@code %id} and {@code %word} are those of the call. */
    record PassedOn(int status, String template) implements Allowed {}

    /** No HTTP response, or an incomplete one. */
    record Broken() implements Allowed {}

    /** Only in these cells. */
    record In(Set<Cell> cells, Allowed error) implements Allowed {
        public In {
            cells = Set.copyOf(cells);
        }
    }

    /** This error, only in these cells. */
    default Allowed in(Cell... cells) {
        return new In(Set.of(cells), this);
    }

    /** Whether this attempt failed in exactly this way. */
    default boolean matches(Attempt attempt) {
        return switch (this) {
            case Status(int status) ->
                attempt.reply().filter(reply -> reply.status() == status).isPresent();
            case RpcError error ->
                attempt.reply()
                        .filter(reply -> matches(error, reply, attempt.outcome().id()))
                        .isPresent();
            case ReplyRefused(int status, String words) ->
                attempt.reply()
                        .filter(reply ->
                                reply.status() == status && reply.mediaType().equals("application/json"))
                        .map(Reply::json)
                        .filter(json -> !json.has("id")
                                && json.at("/error/message").asText().contains(words))
                        .isPresent();
            case PassedOn(int status, String template) ->
                attempt.reply()
                        .filter(reply -> reply.status() == status)
                        .filter(reply -> reply.body().equals(filled(template, attempt)))
                        .isPresent();
            case Broken() -> attempt.reply().isEmpty();
            case In(Set<Cell> cells, Allowed error) -> cells.contains(attempt.cell()) && error.matches(attempt);
        };
    }

    private static boolean matches(RpcError error, Reply reply, long id) {
        boolean stream = reply.status() == 200 && Attempt.isStream(reply);
        if (!stream && (reply.status() != error.status() || !reply.mediaType().equals("application/json"))) {
            return false;
        }
        JsonNode json = reply.json();
        return json.path("id").asLong(-1) == id
                && json.at("/error/code").asInt() == error.code()
                && json.at("/error/message").asText().contains(error.words());
    }

    private static String filled(String template, Attempt attempt) {
        return template.replace("%id", Long.toString(attempt.outcome().id()))
                .replace("%word", attempt.outcome().word());
    }
}
