package io.mcpgateway.broker.pinning;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.RawJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Text of a definition that is meant for the model and not for people: characters that nobody sees, and sentences that
 * instruct it. Patterns err in both directions, so what is found is told and decides nothing that somebody has decided.
 */
final class InstructingText {
    /** How many findings are told of one definition. */
    static final int MOST_TOLD = 3;
    /** How many characters of one definition are looked at; what is longer is told too. */
    static final int MOST_READ = 256 * 1024;

    /** Each takes linear time, and no repetition is without a limit: Java's matcher needs stack for it. */
    private static final Map<String, Pattern> SENTENCES = Map.of(
            "asks to ignore instructions",
            words(
                    "\\b(?:ignore|disregard|forget|override) (?:all |any |every )?(?:of )?(?:the |your |my |these |those )?"
                            + "(?:previous|prior|above|earlier|preceding|existing|other|system|original) "
                            + "(?:instruction|prompt|rule|message|command|direction|guideline|context|tool)"),
            "asks to keep something from the user",
            words("\\b(?:do not|don't|don\u2019t|never|without) "
                    + "(?:tell|telling|inform|informing|mention|mentioning|reveal|revealing|notify|notifying|alert|alerting)"
                    + "(?: (?:this|it|that|about|to|anything)){0,5} (?:the )?user\\b"),
            "has a tag that looks like a part of the prompt",
            words("</?(?:important|system|secret|hidden|instructions?|assistant|admin)>"),
            "gives the model a new role or new instructions",
            words("\\b(?:you are now (?:a|an|in|the) |new (?:system )?instructions?(?: )?:|system prompt(?: )?:)"));

    private InstructingText() {}

    /** What is found, each with the place; empty for nearly all definitions. */
    static List<String> in(RawJson definition) {
        return definition.read(bytes -> {
            try (JsonParser parser = JsonSlices.openObject(bytes)) {
                return in(parser);
            } catch (IOException e) {
                throw new UncheckedIOException("a definition that was read before", e);
            }
        });
    }

    private static List<String> in(JsonParser parser) throws IOException {
        Set<String> found = new LinkedHashSet<>();
        String member = "";
        int depth = 0;
        int read = 0;
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
                String text = parser.getText();
                if (token == JsonToken.FIELD_NAME && depth == 0) {
                    member = text.matches("[A-Za-z_]{1,20}") ? text : "another member";
                }
                String place = member;
                read += text.length();
                if (read > MOST_READ) {
                    found.add("too long to be checked for instructions");
                    break;
                }
                of(text).forEach(finding -> found.add(place + " " + finding));
            }
        }
        return found.stream().limit(MOST_TOLD).toList();
    }

    /** What is found in one text. */
    static List<String> of(String text) {
        List<String> found = new ArrayList<>(HiddenCharacters.in(text));
        SENTENCES.entrySet().stream()
                .filter(sentence -> sentence.getValue().matcher(text).find())
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(found::add);
        return found;
    }

    /** A space stands for white space of up to ten characters, line breaks included. */
    private static Pattern words(String pattern) {
        return Pattern.compile(pattern.replace(" ", "\\s{1,10}"), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
