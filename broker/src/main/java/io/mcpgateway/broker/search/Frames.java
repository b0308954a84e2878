package io.mcpgateway.broker.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes out of a question what is only there because people talk like that: "can you tell me", "I would like to". */
final class Frames {
    private static final String TABLE = """
            tell me; let me know; want to know; need to know; like to know; love to know; have to know; do you know; you know
            know if; know what; know how; know when; know where; i know; help me; give me; show me how; assist me
            do you think; think you can; would like; d like; i like to; need to; need you; need your; need some; need a; i need; need help
            have to; going to; gonna; wanna; is possible; possible to; able to; mind; go ahead and; make sure; try to; trying to
            hope; wondering; wonder; curious; thanks; thank you; hey; hi; hello; okay; ok; right now; at the moment; as soon as possible
            """;

    /** By their first words. */
    private static final Map<String, List<List<String>>> BY_FIRST = read();

    private Frames() {}

    /** What is left of the words; all are stems. */
    static List<String> without(List<String> words) {
        List<String> left = new ArrayList<>();
        int next = 0;
        while (next < words.size()) {
            int skipped = at(words.subList(next, words.size()));
            if (skipped == 0) {
                left.add(words.get(next));
            }
            next += Math.max(skipped, 1);
        }
        return left;
    }

    /** How many words the longest frame has with which they begin. */
    private static int at(List<String> words) {
        return BY_FIRST.getOrDefault(words.getFirst(), List.of()).stream()
                .filter(frame -> frame.size() <= words.size() && frame.equals(words.subList(0, frame.size())))
                .mapToInt(List::size)
                .max()
                .orElse(0);
    }

    private static Map<String, List<List<String>>> read() {
        Map<String, List<List<String>>> byFirst = new HashMap<>();
        for (String frame : TABLE.split("[;\\n]", -1)) {
            List<String> words = Words.of(frame);
            if (!words.isEmpty()) {
                byFirst.computeIfAbsent(words.getFirst(), _ -> new ArrayList<>())
                        .add(words);
            }
        }
        return byFirst;
    }
}
