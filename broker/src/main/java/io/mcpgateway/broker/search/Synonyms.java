package io.mcpgateway.broker.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks words up in the {@link Thesaurus}. */
final class Synonyms {
    private static final float SHARE = 0.75f;
    private static final Map<String, Map<String, Float>> BY_WORD = read();

    private Synonyms() {}

    /** What else the word may be called, and how much that counts; all are stems. */
    static Map<String, Float> of(String word) {
        return BY_WORD.getOrDefault(word, Map.of());
    }

    private static Map<String, Map<String, Float>> read() {
        Map<String, Map<String, Float>> byWord = new HashMap<>();
        for (String group : Thesaurus.groups()) {
            String[] sides = group.split("=>", 2);
            List<String> meant = Words.of(sides[sides.length - 1]);
            for (String word : Words.of(sides[0])) {
                Map<String, Float> others = byWord.computeIfAbsent(word, _ -> new HashMap<>());
                meant.stream().filter(other -> !other.equals(word)).forEach(other -> others.put(other, SHARE));
            }
        }
        byWord.replaceAll((_, others) -> Map.copyOf(others));
        return Map.copyOf(byWord);
    }
}
