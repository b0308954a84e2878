package io.mcpgateway.broker.mcp;

import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.api.wire.StandardHeaders;
import io.mcpgateway.broker.json.JsonText;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the headers of a message let everybody read its bytes as we do: as JSON in UTF-8, not encoded in any other
 * way. A server that obeys another charset, or another of two {@code Content-Type}s, would read another tool name than
 * the one we decided on.
 */
public final class MessageMedia {
    private static final String CHARSET = "charset";
    private static final String UTF_8 = "utf-8";
    private static final int SHOWN_VALUE = 64;
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";
    private static final Optional<String> FINE = Optional.empty();

    private MessageMedia() {}

    /** What is wrong with the headers, and what to send instead; empty if they are fine. */
    public static Optional<String> problem(RequestHeaders headers) {
        List<String> types = headers.all(StandardHeaders.CONTENT_TYPE);
        if (types.size() > 1) {
            return Optional.of("unsupported content type: Content-Type is given " + types.size()
                    + " times; send it once, as application/json");
        }
        Optional<String> problem = types.isEmpty() ? Optional.of(notJson()) : problemOfType(types.getFirst());
        return problem.isPresent() ? problem : problemOfEncoding(headers.all(StandardHeaders.CONTENT_ENCODING));
    }

    /** Whether the headers are already those that go on to a server. */
    public static boolean isPlain(RequestHeaders headers) {
        List<String> types = headers.all(StandardHeaders.CONTENT_TYPE);
        return types.size() == 1
                && types.getFirst().equals(MediaTypes.JSON)
                && !headers.has(StandardHeaders.CONTENT_ENCODING);
    }

    private static Optional<String> problemOfType(String value) {
        if (value.equals(MediaTypes.JSON)) {
            return FINE;
        }
        int end = value.indexOf(';');
        String type = trimmed(end < 0 ? value : value.substring(0, end));
        if (!type.equalsIgnoreCase(MediaTypes.JSON)) {
            return Optional.of(notJson());
        }
        return end < 0 ? FINE : new Parameters(value, end).problem();
    }

    private static Optional<String> problemOfEncoding(List<String> values) {
        for (String value : values) {
            for (String coding : value.split(",", -1)) {
                String name = trimmed(coding);
                if (!name.isEmpty() && !name.equalsIgnoreCase("identity")) {
                    return Optional.of("unsupported Content-Encoding '" + JsonText.excerpt(name, SHOWN_VALUE)
                            + "': send the message as it is, without Content-Encoding");
                }
            }
        }
        return FINE;
    }

    private static String notJson() {
        return "unsupported content type: send the message with Content-Type: application/json";
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char character) {
        return character == ' ' || character == '\t';
    }

    /** The parameters of a media type (RFC 9110, section 5.6.6), to the letter: what readers could take two ways is refused. */
    private record Parameters(String value, int start) {
        /** Parameters without a meaning here may occur any number of times; charset only once, and only as UTF-8. */
        Optional<String> problem() {
            Set<String> once = new HashSet<>();
            int at = start;
            while (at < value.length()) {
                at = afterBlanks(at + 1); // behind the semicolon
                int nameEnd = afterToken(at);
                if (nameEnd > at) {
                    String name = value.substring(at, nameEnd).toLowerCase(Locale.ROOT);
                    int end = nameEnd < value.length() && value.charAt(nameEnd) == '=' ? afterValue(nameEnd + 1) : -1;
                    if (end < 0) {
                        return malformed();
                    }
                    Optional<String> problem = problemOf(name, value.substring(nameEnd + 1, end), once);
                    if (problem.isPresent()) {
                        return problem;
                    }
                    at = end;
                }
                at = afterBlanks(at);
                if (at < value.length() && value.charAt(at) != ';') {
                    return malformed();
                }
            }
            return FINE;
        }

        private static Optional<String> problemOf(String name, String given, Set<String> once) {
            if (!name.startsWith(CHARSET)) {
                return FINE;
            }
            if (!name.equals(CHARSET) || !once.add(name)) {
                return Optional.of("unsupported content type: give the charset at most once, as charset=utf-8");
            }
            String charset = given.startsWith("\"") ? given.substring(1, given.length() - 1) : given;
            return charset.equalsIgnoreCase(UTF_8)
                    ? FINE
                    : Optional.of("unsupported charset '" + JsonText.excerpt(charset, SHOWN_VALUE)
                            + "': send the message in UTF-8, with Content-Type: application/json");
        }

        private static Optional<String> malformed() {
            return Optional.of("unsupported content type: its parameters are malformed; send the message with"
                    + " Content-Type: application/json");
        }

        private int afterBlanks(int from) {
            int at = from;
            while (at < value.length() && isBlank(value.charAt(at))) {
                at++;
            }
            return at;
        }

        private int afterToken(int from) {
            int at = from;
            while (at < value.length() && isTokenCharacter(value.charAt(at))) {
                at++;
            }
            return at;
        }

        /** A token, or a string in quotes; no escapes, which some readers resolve and others do not. */
        private int afterValue(int from) {
            if (from >= value.length() || value.charAt(from) != '"') {
                int end = afterToken(from);
                return end > from ? end : -1;
            }
            for (int at = from + 1; at < value.length(); at++) {
                char character = value.charAt(at);
                if (character == '"') {
                    return at + 1;
                }
                if (character == '\\' || character > '~' || (character < ' ' && character != '\t')) {
                    return -1;
                }
            }
            return -1;
        }

        private static boolean isTokenCharacter(char character) {
            return (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9')
                    || TOKEN_SIGNS.indexOf(character) >= 0;
        }
    }
}
