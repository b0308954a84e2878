package io.mcpgateway.broker.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;

/** Reads JSON objects as a stream and cuts values out of them byte for byte. */
public final class JsonSlices {
    /** Far more than what is served, so one definition that is too deep does not cost a server its complete list. */
    private static final int MAX_DEPTH = 10_000;

    private static final JsonFactory FACTORY = StrictJson.factory(StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .build());

    private JsonSlices() {}

    /**
     * A parser on the opening brace of a UTF-8 JSON object.
     *
     * @throws IOException if the bytes do not start as one. Other encodings and byte order marks are refused: offsets
     *     would be wrong in them, and RFC 8259 forbids them between systems.
     */
    public static JsonParser openObject(byte[] json) throws IOException {
        int start = 0;
        while (start < json.length && isSpace(json[start])) {
            start++;
        }
        boolean utf8Object =
                start < json.length && json[start] == '{' && (start + 1 >= json.length || json[start + 1] != 0);
        if (!utf8Object) {
            throw new JsonParseException("not a JSON object");
        }
        JsonParser parser = FACTORY.createParser(json);
        parser.nextToken();
        return parser;
    }

    /** The value that the parser stands on, byte for byte; afterwards the parser stands on its last token. */
    public static RawJson slice(JsonParser parser, byte[] json) throws IOException {
        int start = tokenStart(parser);
        return RawJson.of(json, start, valueEnd(parser));
    }

    /** The string that the parser stands on, and where it is. */
    public static TextSpan textSpan(JsonParser parser) throws IOException {
        int start = tokenStart(parser);
        String text = parser.getText();
        return new TextSpan(text, start, valueEnd(parser));
    }

    /** Where the current token begins. */
    public static int tokenStart(JsonParser parser) {
        return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
    }

    /** Skips the parser's current value and returns the offset after it. */
    public static int valueEnd(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
        return Math.toIntExact(parser.currentLocation().getByteOffset());
    }

    /**
     * Sees to it that nothing follows the object that was just closed.
     *
     * @throws IOException if something does
     */
    public static void expectEnd(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            throw new JsonParseException("something follows the JSON object");
        }
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }
}
