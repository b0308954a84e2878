package io.mcpgateway.broker.definition;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Whether a regular expression means something in ECMAScript's Unicode mode, in which clients on the TypeScript SDK
 * compile it. Careful rather than complete: what is not surely fine is not. Reads it from left to right.
 */
final class PatternRule {
    private static final int LONGEST = 2_000;
    private static final String SYNTAX = "^$\\.*+?()[]{}|/";
    private static final Pattern GROUP = Pattern.compile("\\((?:\\?(?::|=|!|<=|<!|<[A-Za-z][A-Za-z0-9]*>))?");
    private static final Pattern TIMES = Pattern.compile("\\{[0-9]{1,4}(?:,(?:[0-9]{1,4})?)?}");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[dDwWsSbBfnrtv]|c[A-Za-z]|x[0-9A-Fa-f]{2}"
            + "|u[0-9A-Fa-f]{4}|0(?![0-9])|p\\{(?:L|Lu|Ll|N|Nd|P|S|Z)})");

    /** What was read last, for what may follow it. */
    private enum Last {
        /** Nothing that could be repeated: the start, an assertion, an opening bracket, a bar. */
        NOTHING,
        ATOM,
        REPEATED,
        /** Repeated, and marked as lazy. */
        SETTLED
    }

    private final String pattern;
    /** Of each open group, whether it only looks. */
    private final Deque<Boolean> looking = new ArrayDeque<>();

    private PatternRule(String pattern) {
        this.pattern = pattern;
    }

    static boolean portable(String pattern) {
        if (pattern.length() > LONGEST || pattern.chars().anyMatch(Character::isISOControl)) {
            return false;
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException | StackOverflowError e) {
            return false;
        }
        return new PatternRule(pattern).read();
    }

    private boolean read() {
        Last last = Last.NOTHING;
        int index = 0;
        while (index < pattern.length()) {
            int length = 1;
            switch (pattern.charAt(index)) {
                case '\\' -> {
                    length = escape(index);
                    char escaped = length == 0 ? ' ' : pattern.charAt(index + 1);
                    last = escaped == 'b' || escaped == 'B' ? Last.NOTHING : Last.ATOM;
                }
                case '[' -> {
                    length = characters(index);
                    last = Last.ATOM;
                }
                case '(' -> {
                    length = match(GROUP, index);
                    String opening = pattern.substring(index, index + length);
                    looking.push(opening.endsWith("=") || opening.endsWith("!"));
                    last = Last.NOTHING;
                    length = pattern.startsWith("?", index + length) ? 0 : length;
                }
                case ')' -> last = Boolean.TRUE.equals(looking.poll()) ? Last.NOTHING : Last.ATOM;
                case '^', '$', '|' -> last = Last.NOTHING;
                case '*', '+' -> {
                    length = last == Last.ATOM ? 1 : 0;
                    last = Last.REPEATED;
                }
                case '?' -> {
                    length = last == Last.ATOM || last == Last.REPEATED ? 1 : 0;
                    last = last == Last.ATOM ? Last.REPEATED : Last.SETTLED;
                }
                case '{' -> {
                    length = last == Last.ATOM ? match(TIMES, index) : 0;
                    last = Last.REPEATED;
                }
                case '}', ']' -> length = 0;
                default -> last = Last.ATOM;
            }
            if (length == 0) {
                return false;
            }
            index += length;
        }
        return true;
    }

    private int escape(int index) {
        boolean sign = index + 1 < pattern.length() && SYNTAX.indexOf(pattern.charAt(index + 1)) >= 0;
        return sign ? 2 : match(ESCAPE, index);
    }

    /** The length of a class of characters. Java nests and intersects them, which ECMAScript does not know. */
    private int characters(int start) {
        int index = start + (pattern.startsWith("^", start + 1) ? 2 : 1);
        boolean afterSet = false;
        boolean empty = true;
        while (index < pattern.length()) {
            char character = pattern.charAt(index);
            if (character == ']') {
                return empty ? 0 : index + 1 - start;
            }
            boolean lastDash = character == '-' && pattern.startsWith("]", index + 1);
            int length = character != '\\' ? 1 : pattern.startsWith("\\-", index) ? 2 : escape(index);
            boolean set = character == '\\' && length > 0 && "dDwWsSpB".indexOf(pattern.charAt(index + 1)) >= 0;
            boolean ranged = character == '-' && !empty && !lastDash;
            // A set such as \d is neither the start nor the end of a range.
            boolean odd = (ranged && (afterSet || pattern.startsWith("\\", index + 1)))
                    || character == '['
                    || pattern.startsWith("&&", index);
            if (length == 0 || odd || (set && pattern.charAt(index + 1) == 'B')) {
                return 0;
            }
            afterSet = set;
            empty = false;
            index += length;
        }
        return 0;
    }

    private int match(Pattern what, int index) {
        Matcher matcher = what.matcher(pattern).region(index, pattern.length());
        return matcher.lookingAt() ? matcher.end() - index : 0;
    }
}
