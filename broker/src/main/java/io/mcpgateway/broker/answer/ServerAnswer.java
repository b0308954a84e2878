package io.mcpgateway.broker.answer;

import io.mcpgateway.api.wire.MediaTypes;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a server's answer before its body.
 *
 * @param status HTTP status; 0 if there is none to read
 * @param json whether the body is said to be JSON, and so may be a JSON-RPC message
 */
public record ServerAnswer(int status, boolean json) {
    /** Of an answer with these values of Content-Type. */
    public static ServerAnswer of(int status, List<String> contentTypes) {
        return new ServerAnswer(status, isJson(contentTypes));
    }

    static boolean isJson(List<String> contentTypes) {
        return contentTypes.stream()
                .anyMatch(type -> type.toLowerCase(Locale.ROOT).startsWith(MediaTypes.JSON));
    }
}
