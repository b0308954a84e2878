package io.mcpgateway.broker.search;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Tools by the words that describe them, ranked by BM25 (S. Robertson, H. Zaragoza, "The Probabilistic Relevance
 * Framework", 2009). Immutable.
 */
public final class ToolIndex {
    /** Words of a question that count; what follows does not change much. */
    private static final int MOST_WORDS = 24;

    /** How much more a tool is worth that has more of the question's words. */
    private static final double COVERAGE = 0.3;

    /** More than all words of a question together can give: for a tool that is asked for by name. */
    private static final float EXACT = 1_000;

    /** How much more a tool is worth that has every word of its name in the question than one that has none. */
    private static final double NAMED = 0.6;

    /** What two words count that are one in the index: "to do", "sign in". */
    private static final float JOINED_SHARE = 0.8f;

    private static final int MOST_PHRASES = 6;
    private static final float PREFIX_SHARE = 0.5f;
    private static final int SHORTEST_PREFIX = 3;
    private static final int MOST_COMPLETIONS = 12;

    private final List<Served> tools;
    /** In order, so that words with one beginning are neighbours. */
    private final String[] words;

    private final int[][] toolsOfWord;
    private final float[][] sharesOfWord;
    /** Which word of the tool's own name it is, as a bit; 0 if it is none. */
    private final int[][] placesOfWord;

    private final int[] wordsOfName;

    private ToolIndex(List<Served> tools, Map<String, Postings> postings) {
        this.tools = tools;
        List<Map.Entry<String, Postings>> inOrder =
                postings.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
        this.words = inOrder.stream().map(Map.Entry::getKey).toArray(String[]::new);
        this.toolsOfWord = new int[words.length][];
        this.sharesOfWord = new float[words.length][];
        this.placesOfWord = new int[words.length][];
        List<List<String>> names = tools.stream().map(ToolIndex::nameOf).toList();
        this.wordsOfName = names.stream().mapToInt(List::size).toArray();
        for (int i = 0; i < words.length; i++) {
            Postings of = inOrder.get(i).getValue();
            toolsOfWord[i] = of.tools().stream().mapToInt(Integer::intValue).toArray();
            sharesOfWord[i] = new float[toolsOfWord[i].length];
            placesOfWord[i] = new int[toolsOfWord[i].length];
            for (int j = 0; j < sharesOfWord[i].length; j++) {
                sharesOfWord[i][j] = of.shares().get(j);
                int place = names.get(toolsOfWord[i][j]).indexOf(words[i]);
                placesOfWord[i][j] = place < 0 ? 0 : 1 << place;
            }
        }
    }

    private static List<String> nameOf(Served tool) {
        return Words.of(tool.route().ownName()).stream()
                .distinct()
                .limit(Integer.SIZE)
                .toList();
    }

    /** The tools that have one word, and its share of each. */
    private record Postings(List<Integer> tools, List<Float> shares) {
        void add(int tool, float share) {
            tools.add(tool);
            shares.add(share);
        }
    }

    /** The index of these tools. */
    public static ToolIndex of(Collection<Served> tools) {
        List<Served> all = List.copyOf(tools);
        Map<String, Postings> postings = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            int tool = i;
            ToolWords.of(all.get(i))
                    .forEach((word, share) -> postings.computeIfAbsent(
                                    word, _ -> new Postings(new ArrayList<>(2), new ArrayList<>(2)))
                            .add(tool, share));
        }
        return new ToolIndex(all, postings);
    }

    /**
     * The tools that answer a question best, the best one first, of those that may be shown. Equally good ones are in the
     * order in which they were given.
     */
    public List<Served> search(String question, int limit, Predicate<Served> shown) {
        float[] scores = scores(question);
        return IntStream.range(0, scores.length)
                .filter(tool -> scores[tool] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer tool) -> -scores[tool]))
                .map(tools::get)
                .filter(shown)
                .limit(limit)
                .toList();
    }

    private float[] scores(String question) {
        float[] scores = new float[tools.size()];
        float[] best = new float[tools.size()];
        int[] covered = new int[tools.size()];
        int[] named = new int[tools.size()];
        asked(Words.of(question)).forEach(variants -> {
            Arrays.fill(best, 0);
            variants.forEach((variant, share) -> addWord(variant, share, best, named));
            for (int tool = 0; tool < best.length; tool++) {
                scores[tool] += best[tool];
                covered[tool] += best[tool] > 0 ? 1 : 0;
            }
        });
        for (int tool = 0; tool < scores.length; tool++) {
            double ofName = (double) Integer.bitCount(named[tool]) / Math.max(1, wordsOfName[tool]);
            scores[tool] *= (float) (Math.pow(covered[tool], COVERAGE) * (1 + NAMED * ofName));
            if (isName(question.strip(), tools.get(tool))) {
                scores[tool] += EXACT;
            }
        }
        return scores;
    }

    /** Everything that a question asks for: its words, verbs of two words, and words that people write as two. */
    private List<Map<Integer, Float>> asked(List<String> words) {
        List<Map<Integer, Float>> asked = new ArrayList<>();
        Words.telling(words).stream()
                .distinct()
                .limit(MOST_WORDS)
                .map(this::variants)
                .forEach(asked::add);
        List<String> read = words.subList(0, Math.min(words.size(), 2 * MOST_WORDS));
        Phrases.in(read).stream()
                .limit(MOST_PHRASES)
                .map(meaning -> known(meaning, 1))
                .forEach(asked::add);
        for (int i = 0; i + 1 < read.size(); i++) {
            Map<Integer, Float> joined = joined(read.get(i) + read.get(i + 1));
            if (!joined.isEmpty()) {
                asked.add(joined);
            }
        }
        return asked;
    }

    private Map<Integer, Float> joined(String word) {
        Map<Integer, Float> joined = known(Synonyms.of(word), JOINED_SHARE);
        joined.putAll(known(Map.of(word, 1f), JOINED_SHARE));
        return joined;
    }

    /** Those of the words that the index has. */
    private Map<Integer, Float> known(Map<String, Float> meant, float share) {
        Map<Integer, Float> known = new HashMap<>();
        meant.forEach((word, ofWord) -> {
            int at = Arrays.binarySearch(words, word);
            if (at >= 0) {
                known.merge(at, ofWord * share, Math::max);
            }
        });
        return known;
    }

    private static boolean isName(String question, Served tool) {
        return question.equalsIgnoreCase(tool.name())
                || question.equalsIgnoreCase(tool.route().ownName());
    }

    /** Words of the index by which a word of a question is found, and how much of its score each gives. */
    private Map<Integer, Float> variants(String word) {
        Map<Integer, Float> variants = known(Synonyms.of(word), 1);
        int at = Arrays.binarySearch(words, word);
        int next = at >= 0 ? at + 1 : -at - 1;
        if (at < 0 && word.length() >= SHORTEST_PREFIX) {
            for (int i = next; i < words.length && i < next + MOST_COMPLETIONS && words[i].startsWith(word); i++) {
                variants.merge(i, PREFIX_SHARE, Math::max);
            }
        }
        if (at >= 0) {
            variants.put(at, 1f);
        }
        return variants;
    }

    private void addWord(int word, float share, float[] best, int[] named) {
        int[] of = toolsOfWord[word];
        float[] shares = sharesOfWord[word];
        double rarity = Math.log(1 + (tools.size() - of.length + 0.5) / (of.length + 0.5));
        for (int i = 0; i < of.length; i++) {
            named[of[i]] |= placesOfWord[word][i];
            best[of[i]] = Math.max(best[of[i]], (float) (share * rarity * shares[i]));
        }
    }
}
