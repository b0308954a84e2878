package io.mcpgateway.broker.client;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.transport.Encodings;
import io.mcpgateway.broker.transport.IncomingResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What an unsuccessful response says about the reason: where it redirects to, its JSON-RPC error, or a short text, which is
 * how Envoy says what is wrong.
 */
final class RefusalDetail {
    private static final int MAX_BODY = 64 * 1024;
    private static final int MAX_TEXT = 200;

    private RefusalDetail() {}

    /** As much of the body as is looked at. */
    static byte[] body(IncomingResponse response) throws IOException {
        int status = response.status();
        return status >= 300 && status < 400
                ? new byte[0]
                : Encodings.decoded(response).readNBytes(MAX_BODY);
    }

    /** Fit for a message: bounded, no control characters, no query of an address; empty if nothing is said. */
    static String of(IncomingResponse response, byte[] body) {
        int status = response.status();
        if (status >= 300 && status < 400) {
            return response.first("location")
                    .map(location -> "it redirects to " + address(location)
                            + ", which the gateway does not follow; is spec.path" + " (the path of its url) right?")
                    .orElse("");
        }
        String error = said(body);
        String said = error.isEmpty() ? text(response, body) : error;
        boolean path = status == 404 || status == 405;
        return path ? (said.isEmpty() ? "" : said + "; ") + "is spec.path (the path of its url) right?" : said;
    }

    private static String address(String location) {
        try {
            URI uri = URI.create(location);
            String host = uri.getHost() == null
                    ? ""
                    : uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            return shown(host + (uri.getPath() == null ? "" : uri.getPath()));
        } catch (IllegalArgumentException e) {
            return "an unreadable address";
        }
    }

    private static String text(IncomingResponse response, byte[] body) {
        boolean plain = response.first(StandardHeaders.CONTENT_TYPE)
                .filter(type -> type.regionMatches(true, 0, "text/plain", 0, "text/plain".length()))
                .isPresent();
        return plain && body.length <= MAX_TEXT ? shown(new String(body, StandardCharsets.UTF_8).strip()) : "";
    }

    private static String said(byte[] body) {
        try (JsonParser parser = JsonSlices.openObject(body)) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken() == JsonToken.START_OBJECT && name.equals("error")) {
                    return error(parser, body);
                }
                parser.skipChildren();
            }
        } catch (IOException | ArithmeticException e) {
            // Not JSON, or longer than we read: nothing to quote.
        }
        return "";
    }

    private static String error(JsonParser parser, byte[] body) throws IOException {
        String code = "";
        String message = "";
        String data = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("code") && value == JsonToken.VALUE_NUMBER_INT) {
                code = " " + parser.getText();
            } else if (name.equals("message") && value == JsonToken.VALUE_STRING) {
                message = ": " + shown(parser.getText());
            } else if (name.equals("data") && value.isStructStart()) {
                data = " " + shown(JsonSlices.slice(parser, body).toString());
            }
            parser.skipChildren();
        }
        return message.isEmpty() ? "" : "error" + shown(code) + message + data;
    }

    /** Through bytes, because half a surrogate pair cannot be written into {@code /status}. */
    private static String shown(String text) {
        String writable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        return JsonText.excerpt(writable, MAX_TEXT);
    }
}
