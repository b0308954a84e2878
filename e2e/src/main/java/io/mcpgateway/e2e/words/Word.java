package io.mcpgateway.e2e.words;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The word of a call. No other call has the same. */
public final class Word {
    private static final Pattern FORM = Pattern.compile("w-\\d+-\\d+-[0-9a-f]{8}");

    private Word() {}

    /** A new one of this client. */
    static String of(int client, long call) {
        return "w-" + client + "-" + call + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
    }

    /** Whether there are no other calls' words in this text. */
    public static boolean isOnly(String word, String text) {
        return FORM.matcher(text).results().allMatch(found -> found.group().equals(word));
    }

    /** Those in this text. */
    public static List<String> all(String text) {
        return FORM.matcher(text).results().map(MatchResult::group).toList();
    }

    /** The form by which a server asks for a word, as the parameters of elicitation/create. */
    static String question(String word) {
        return "{\"message\":\"Say it: " + word + "\",\"requestedSchema\":{\"type\":\"object\",\"properties\":"
                + "{\"word\":{\"type\":\"string\"}},\"required\":[\"word\"]}}";
    }

    /** What a user who was asked fills in. */
    static String filledIn(String word) {
        return "{\"action\":\"accept\",\"content\":{\"word\":\"" + word + "\"}}";
    }

    /** The word that the user filled in, or all of what came instead. */
    static String said(JsonNode filledIn) {
        return filledIn.at("/content/word").asText(filledIn.toString());
    }
}
