package io.mcpgateway.broker.json;

/** Writes JSON strings (RFC 8259, section 7). */
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** The text as a JSON string, quotes included. Only what must be escaped is; half surrogate pairs are, too. */
    public static String quote(String text) {
        StringBuilder json = new StringBuilder(text.length() + 16);
        appendQuoted(json, text);
        return json.toString();
    }

    /** Appends {@link #quote} of the text. */
    public static void appendQuoted(StringBuilder json, String text) {
        json.append('"');
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character == '"' || character == '\\') {
                json.append('\\').append(character);
            } else if (character < 0x20 || isHalfPair(text, index)) {
                appendEscape(json, character);
            } else {
                json.append(character);
            }
        }
        json.append('"');
    }

    /**
     * Foreign text made fit for an error message: at most {@code maxCharacters} of it, followed by an ellipsis if
     * there was more, never cut inside a surrogate pair, control characters written as escapes.
     */
    public static String excerpt(String text, int maxCharacters) {
        int end = Math.min(text.length(), maxCharacters);
        if (end < text.length() && end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        StringBuilder shown = new StringBuilder(end + 1);
        for (int index = 0; index < end; index++) {
            char character = text.charAt(index);
            if (Character.isISOControl(character)) {
                appendEscape(shown, character);
            } else {
                shown.append(character);
            }
        }
        return end < text.length() ? shown.append('\u2026').toString() : shown.toString();
    }

    private static boolean isHalfPair(String text, int index) {
        char character = text.charAt(index);
        if (Character.isHighSurrogate(character)) {
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        }
        return Character.isLowSurrogate(character)
                && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }

    private static void appendEscape(StringBuilder json, char character) {
        json.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            json.append(HEX.charAt(character >> shift & 0xf));
        }
    }
}
