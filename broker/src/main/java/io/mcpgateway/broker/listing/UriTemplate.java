package io.mcpgateway.broker.listing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A URI template (RFC 6570) read backwards: which URIs it may have been expanded to. All operators of levels 1 to 4 are
 * understood as MCP servers use them: a simple expression stands for one path segment, a reserved or exploded one for
 * anything, a query for any query. Values are not checked for what had to be encoded, because servers do not either.
 * Matching takes time proportional to the product of both lengths, whatever the template.
 */
public final class UriTemplate {
    /** Templates with more literal text first; of those the one with fewer and narrower expressions. */
    public static final Comparator<UriTemplate> MOST_SPECIFIC_FIRST = Comparator.comparingInt(
                    (UriTemplate template) -> -template.literals)
            .thenComparingInt(template -> template.wide)
            .thenComparingInt(template -> template.parts.size());

    private static final String OPERATORS = "+#./;?&";
    private static final String RESERVED_OPERATORS = "=,!@|";

    private final String text;
    private final List<Part> parts;
    private final int literals;
    private final int wide;

    private sealed interface Part {
        record Literal(String text) implements Part {}

        /**
         * A run of characters.
         *
         * @param lead what the run starts with; empty if nothing special
         * @param stops characters that are not part of it
         * @param optional whether it may be missing altogether
         */
        record Run(String lead, String stops, boolean optional) implements Part {}
    }

    private UriTemplate(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
        this.literals = parts.stream()
                .mapToInt(part -> part instanceof Part.Literal(String literal) ? literal.length() : 0)
                .sum();
        this.wide = Math.toIntExact(parts.stream()
                .filter(part -> part instanceof Part.Run(String _, String stops, boolean _) && stops.isEmpty())
                .count());
    }

    /** Empty if the text is not a template. */
    public static Optional<UriTemplate> parse(String text) {
        List<Part> parts = new ArrayList<>();
        int position = 0;
        while (position < text.length()) {
            int open = text.indexOf('{', position);
            String literal = open < 0 ? text.substring(position) : text.substring(position, open);
            if (literal.indexOf('}') >= 0) {
                return Optional.empty();
            }
            if (!literal.isEmpty()) {
                parts.add(new Part.Literal(literal));
            }
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            Optional<Part> expression = close < 0 ? Optional.empty() : expression(text.substring(open + 1, close));
            if (expression.isEmpty()) {
                return Optional.empty();
            }
            parts.add(expression.get());
            position = close + 1;
        }
        return Optional.of(new UriTemplate(text, parts));
    }

    /** Whether the template may have been expanded to this URI. */
    public boolean matches(String uri) {
        BitSet reached = new BitSet(uri.length() + 1);
        reached.set(0);
        for (Part part : parts) {
            reached = switch (part) {
                case Part.Literal(String literal) -> afterLiteral(uri, reached, literal);
                case Part.Run run -> afterRun(uri, reached, run);
            };
            if (reached.isEmpty()) {
                return false;
            }
        }
        return reached.get(uri.length());
    }

    private static Optional<Part> expression(String inside) {
        if (inside.isEmpty() || RESERVED_OPERATORS.indexOf(inside.charAt(0)) >= 0) {
            return Optional.empty();
        }
        char operator = OPERATORS.indexOf(inside.charAt(0)) >= 0 ? inside.charAt(0) : ' ';
        String variables = operator == ' ' ? inside : inside.substring(1);
        boolean exploded = false;
        for (String variable : variables.split(",", -1)) {
            String name = variable.endsWith("*") ? variable.substring(0, variable.length() - 1) : variable;
            if (name.isEmpty() || !name.chars().allMatch(UriTemplate::isNameCharacter)) {
                return Optional.empty();
            }
            exploded |= variable.endsWith("*");
        }
        return Optional.of(
                switch (operator) {
                    case '+' -> new Part.Run("", "", false);
                    case '#' -> new Part.Run("#", "", true);
                    case '?' -> new Part.Run("?", "#", true);
                    case '&' -> new Part.Run("&", "#", true);
                    case '/' -> new Part.Run("/", exploded || variables.contains(",") ? "?#" : "/?#", true);
                    case '.', ';' -> new Part.Run(String.valueOf(operator), "/?#", true);
                    default -> new Part.Run("", exploded ? "" : "/", false);
                });
    }

    /** RFC 6570, section 2.3, with the length of a prefix modifier (":3"); SDKs also allow dashes. */
    private static boolean isNameCharacter(int character) {
        return Character.isLetterOrDigit(character) || "_.%:-".indexOf(character) >= 0;
    }

    private static BitSet afterLiteral(String uri, BitSet before, String literal) {
        BitSet after = new BitSet(uri.length() + 1);
        for (int start = before.nextSetBit(0); start >= 0; start = before.nextSetBit(start + 1)) {
            if (uri.startsWith(literal, start)) {
                after.set(start + literal.length());
            }
        }
        return after;
    }

    private static BitSet afterRun(String uri, BitSet before, Part.Run run) {
        BitSet after = new BitSet(uri.length() + 1);
        if (run.optional()) {
            after.or(before);
        }
        BitSet inside = run.lead().isEmpty() ? before : afterLiteral(uri, before, run.lead());
        boolean running = false;
        for (int position = 0; position < uri.length(); position++) {
            running = (running || inside.get(position)) && run.stops().indexOf(uri.charAt(position)) < 0;
            if (running) {
                after.set(position + 1);
            }
        }
        return after;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UriTemplate template && text.equals(template.text);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
