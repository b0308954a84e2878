package io.mcpgateway.broker.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * Goes through the members of one JSON object, as far as its bytes go. What they mean is the visitor's business: each
 * reading of a message that judges less than {@code JsonRpcParser} is one visitor.
 */
public final class ObjectMembers {
    /** Sees one member after the other. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes one member.
         *
         * @param value stands on the first token of the value; what is left of it will be skipped
         * @return whether to go on
         */
        boolean visit(String name, JsonParser value) throws IOException;
    }

    /** How it ended. */
    public enum End {
        /** The bytes are one object, and nothing follows it. */
        WHOLE,
        /** The visitor had seen enough. */
        ENOUGH,
        /** The bytes are not an object, or end before it does. */
        BROKEN
    }

    private ObjectMembers() {}

    /** Reads UTF-8 from its first byte on; never throws for what the bytes are. */
    public static End read(byte[] json, Visitor visitor) {
        try (JsonParser parser = JsonSlices.openObject(json)) {
            if (!within(parser, visitor)) {
                return End.ENOUGH;
            }
            JsonSlices.expectEnd(parser);
            return End.WHOLE;
        } catch (IOException | ArithmeticException endsBefore) {
            return End.BROKEN;
        }
    }

    /**
     * The same for the object whose opening brace the parser stands on.
     *
     * @return whether the visitor wanted all of them
     */
    public static boolean within(JsonParser parser, Visitor visitor) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (!visitor.visit(name, parser)) {
                return false;
            }
            parser.skipChildren();
        }
        return true;
    }

    /** Sees the members of the object that is one member's value, and passes by all others. */
    public static Visitor inside(String member, Visitor visitor) {
        return (name, value) ->
                !name.equals(member) || value.currentToken() != JsonToken.START_OBJECT || within(value, visitor);
    }
}
