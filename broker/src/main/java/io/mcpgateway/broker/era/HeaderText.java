package io.mcpgateway.broker.era;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Text as the value of {@code Mcp-Name} or {@code Mcp-Param-*} (MCP 2026-07-28, Streamable HTTP, "Value Encoding"):
 * as it is where HTTP allows it, else in Base64 between two marks.
 */
public final class HeaderText {
    private static final String START = "=?base64?";
    private static final String END = "?=";

    private HeaderText() {}

    public static String encode(String text) {
        return isPlain(text) && !isMarked(text)
                ? text
                : START + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + END;
    }

    /** What a header value says; empty if it is marked as Base64 but is not Base64 of UTF-8, or is not valid in HTTP. */
    public static Optional<String> decode(String value) {
        if (!isMarked(value)) {
            return allAllowed(value) ? Optional.of(value) : Optional.empty();
        }
        try {
            String base64 = value.substring(START.length(), value.length() - END.length());
            byte[] text = Base64.getDecoder().decode(base64);
            // Java also reads it without the padding, or with other bits in what is left over.
            return Base64.getEncoder().encodeToString(text).equals(base64)
                    ? Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(text))
                            .toString())
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    private static boolean isMarked(String value) {
        return value.startsWith(START) && value.endsWith(END) && value.length() >= START.length() + END.length();
    }

    private static boolean isPlain(String text) {
        return allAllowed(text) && text.strip().equals(text);
    }

    private static boolean allAllowed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** RFC 9110, section 5.5, of ASCII: visible characters, space and tab. */
    private static boolean isAllowed(char character) {
        return (character >= ' ' && character < 0x7f) || character == '\t';
    }
}
