package io.mcpgateway.e2e.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.e2e.client.Reply;

/** One way in which a call may fail while something is broken. Every other failure is an error. */
sealed interface Allowed {
    /** This HTTP status with any body that is not a result. */
    record Status(int status) implements Allowed {}

    /** The gateway's own JSON-RPC error for this very call. */
    record RpcError(int status, int code, String words) implements Allowed {}

    /** The server's own bytes, although they are not a result. {@code %id} and {@code %word} are those of the call. */
    record PassedOn(int status, String template) implements Allowed {}

    /** No HTTP response, or an incomplete one. */
    record Broken() implements Allowed {}

    /** Whether this attempt failed in exactly this way. */
    default boolean matches(Attempt attempt) {
        return switch (this) {
            case Status(int status) ->
                attempt.reply().filter(reply -> reply.status() == status).isPresent();
            case RpcError error ->
                attempt.reply()
                        .filter(reply -> matches(error, reply, attempt.id()))
                        .isPresent();
            case PassedOn(int status, String template) ->
                attempt.reply()
                        .filter(reply -> reply.status() == status)
                        .filter(reply -> reply.body().equals(filled(template, attempt)))
                        .isPresent();
            case Broken() -> attempt.reply().isEmpty();
        };
    }

    private static boolean matches(RpcError error, Reply reply, long id) {
        if (reply.status() != error.status() || !reply.mediaType().equals("application/json")) {
            return false;
        }
        JsonNode json = reply.json();
        return json.path("id").asLong(-1) == id
                && json.at("/error/code").asInt() == error.code()
                && json.at("/error/message").asText().contains(error.words());
    }

    private static String filled(String template, Attempt attempt) {
        return template.replace("%id", Long.toString(attempt.id())).replace("%word", attempt.word());
    }
}
