package io.mcpgateway.api.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What keeps a text from being YAML, in our own words. The parser's own may quote the text, in which there may be a
 * credential, so nothing of them is repeated.
 */
final class YamlProblem {
    /** The first that the parser's words contain counts. */
    private static final Map<String, String> CAUSES = new LinkedHashMap<>();

    static {
        CAUSES.put("Duplicate field", "a key occurs twice in one mapping; keep one of them");
        CAUSES.put("(TAB)", "a tab where only spaces are allowed; indent with spaces");
        CAUSES.put("unexpected end of stream", "a quote that is never closed");
        CAUSES.put(
                "mapping values are not allowed here",
                "a colon in the middle of a value, or wrong indentation; put text with ': ' in it in quotes");
        CAUSES.put("could not find expected ':'", "a key without a colon, or wrong indentation");
        CAUSES.put("escape", "an unknown escape in double quotes; use single quotes, or two backslashes for one");
        CAUSES.put("found character", "a character that cannot start a value; put text that starts with it in quotes");
        CAUSES.put("special characters are not allowed", "a control character");
        CAUSES.put(
                "sequence entries are not allowed", "a list where a value was expected; start it on a line of its own");
        CAUSES.put("<stream end>", "a bracket or a brace is missing, or a comma");
        CAUSES.put("',' or ']'", "a bracket or a brace is missing, or a comma");
        CAUSES.put("',' or '}'", "a bracket or a brace is missing, or a comma");
        CAUSES.put("<block end>", "a line that is not indented as those before it");
    }

    private static final Pattern PLACE = Pattern.compile("(?m)^ in 'reader', line ([0-9]+), column ([0-9]+)");

    private YamlProblem() {}

    /** Where, and why as far as we know. */
    static String of(JsonProcessingException problem) {
        String where = place(problem);
        String said = words(problem);
        return CAUSES.entrySet().stream()
                .filter(cause -> said.contains(cause.getKey()))
                .findFirst()
                .map(cause -> where + ": " + cause.getValue())
                .orElse(where);
    }

    /** Where the cause is; what Jackson tells is where the parser began to read it. */
    private static String place(JsonProcessingException problem) {
        String last = PLACE.matcher(said(problem))
                .results()
                .reduce((_, next) -> next)
                .map(place -> "line " + place.group(1) + ", column " + place.group(2))
                .orElse("");
        var location = problem.getLocation();
        if (!last.isEmpty()) {
            return last;
        }
        return location == null ? "unreadable" : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** The parser's own words; it indents the lines that it quotes. */
    private static String words(JsonProcessingException problem) {
        return said(problem).lines().filter(line -> !line.startsWith(" ")).collect(Collectors.joining("\n"));
    }

    private static String said(JsonProcessingException problem) {
        return Optional.ofNullable(problem.getOriginalMessage()).orElse("");
    }
}
