package io.mcpgateway.broker.mcp;

import java.util.Objects;

/**
 * A server's instructions (MCP 2025-11-25, Lifecycle, {@code instructions}), safe to pass on: bounded, and
 * without invisible characters. Lines end with {@code \n} only.
 *
 * @param text without blank lines at either end; may be empty
 * @param cut whether it was truncated
 */
public record Instructions(String text, boolean cut) {
    public static final Instructions NONE = new Instructions("", false);

    /** As many characters of one server are kept. */
    public static final int MAX_CHARACTERS = 4096;

    /** Reading stops here: more than is kept, because blanks at both ends are removed. */
    private static final int ENOUGH = 4 * MAX_CHARACTERS;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    public Instructions {
        Objects.requireNonNull(text, "text");
    }

    /** What can be kept of a server's text. */
    public static Instructions of(String said) {
        StringBuilder kept = new StringBuilder(Math.min(said.length(), MAX_CHARACTERS));
        int index = 0;
        while (index < said.length()) {
            int character = said.codePointAt(index);
            index += Character.charCount(character);
            if (isLineEnd(character, index < said.length() ? said.charAt(index) : ' ')) {
                kept.append('\n');
            } else if (isShown(character)) {
                kept.appendCodePoint(character);
            }
            if (kept.length() > ENOUGH) {
                break;
            }
        }
        String text = kept.toString().strip();
        return new Instructions(text, false).within(MAX_CHARACTERS);
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** At most so many characters of it. */
    public Instructions within(int characters) {
        return text.length() <= characters ? this : new Instructions(first(text, characters), true);
    }

    private static String first(String text, int characters) {
        if (text.length() <= characters) {
            return text;
        }
        boolean insideAPair = characters > 0 && Character.isHighSurrogate(text.charAt(characters - 1));
        return text.substring(0, insideAPair ? characters - 1 : characters);
    }

    /** Of a carriage return and a line feed together the line feed is one. */
    private static boolean isLineEnd(int character, char next) {
        return switch (Character.getType(character)) {
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> character == '\n' || (character == '\r' && next != '\n');
        };
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL -> character == '\t';
            // Scripts and emoji need these two; the others hide text or turn it round.
            case Character.FORMAT -> character == ZERO_WIDTH_JOINER || character == ZERO_WIDTH_NON_JOINER;
            case Character.SURROGATE -> false;
            default -> true;
        };
    }
}
