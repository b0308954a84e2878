package io.mcpgateway.broker.mcp;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.broker.json.ByteOrderMark;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.StrictJson;
import io.mcpgateway.broker.json.Utf8;
import java.io.IOException;

/**
 * Reads one JSON-RPC message strictly, in one pass over the bytes. Refused are, besides what is no JSON: anything but
 * UTF-8, duplicate names at any depth, data after the message, batches, nesting deeper than
 * {@link StrictJson#MAX_DEPTH}, and members of the wrong type. Also refused are names that differ from a name we route
 * by only in case ({@code Method}, {@code params.NAME}): a server with a lenient parser would act on them while
 * policies saw the other one.
 */
public final class JsonRpcParser {
    private JsonRpcParser() {}

    /** Never throws: what is wrong with the bytes is a {@link JsonRpcMessage.Malformed}. */
    public static JsonRpcMessage parse(RawJson body) {
        return body.read(JsonRpcParser::parse);
    }

    /** Never throws: what is wrong with the bytes is a {@link JsonRpcMessage.Malformed}. */
    public static JsonRpcMessage parse(byte[] body) {
        if (body.length == 0) {
            return notJson("the body is empty; send one JSON-RPC message", JsonRpcId.NONE);
        }
        if (startsLikeUtf16(body)) {
            return notJson("the body is not UTF-8 (it looks like UTF-16 or UTF-32)", JsonRpcId.NONE);
        }
        if (ByteOrderMark.length(body) > 0) {
            return notJson("the body is not plain UTF-8: it starts with a byte order mark", ReadableId.of(body));
        }
        int invalid = Utf8.firstInvalid(body);
        if (invalid >= 0) {
            return notJson("the body is not UTF-8 (byte " + invalid + ")", ReadableId.of(body));
        }
        return read(body);
    }

    private static JsonRpcMessage read(byte[] body) {
        try (JsonParser parser = StrictJson.parser(body)) {
            MessageScan scan = new MessageScan(body, parser);
            try {
                return scan.read();
            } catch (StreamConstraintsException e) {
                return notAccepted(limitPassed(parser), scan.id());
            } catch (JsonEOFException e) {
                return notJson("the body is not valid JSON: it ends in the middle", scan.id());
            } catch (StreamReadException e) {
                return notJson("the body is not valid JSON (byte " + offset(e) + ")", scan.id());
            }
        } catch (IOException | RuntimeException e) {
            // No input is known that gets here. Should Jackson have a bug, it must cost one message, not a stream.
            return notJson("the body cannot be read as JSON", JsonRpcId.NONE);
        }
    }

    private static String limitPassed(JsonParser parser) {
        return parser.getParsingContext().getNestingDepth() >= StrictJson.MAX_DEPTH
                ? "the message is nested too deep (more than " + StrictJson.MAX_DEPTH + " levels)"
                : "the message has a name longer than " + StrictJson.MAX_NAME_LENGTH
                        + " bytes, a number longer than " + StrictJson.MAX_NUMBER_LENGTH
                        + " digits or a string that is too long";
    }

    private static long offset(StreamReadException e) {
        return e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
    }

    /** No JSON text in UTF-8 has a zero byte, and every one in UTF-16 or UTF-32 that starts in ASCII has one early. */
    private static boolean startsLikeUtf16(byte[] body) {
        for (int index = 0; index < Math.min(4, body.length); index++) {
            if (body[index] == 0) {
                return true;
            }
        }
        return false;
    }

    static JsonRpcMessage notJson(String cause, JsonRpcId id) {
        return new JsonRpcMessage.Malformed(new JsonRpcError(JsonRpcCodes.PARSE_ERROR, cause), id);
    }

    static JsonRpcMessage notAccepted(String cause, JsonRpcId id) {
        return new JsonRpcMessage.Malformed(new JsonRpcError(JsonRpcCodes.INVALID_REQUEST, cause), id);
    }
}
