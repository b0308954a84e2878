package io.mcpgateway.broker.pinning;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Characters that a model reads and people do not see, where no language and no emoji needs them. */
final class HiddenCharacters {
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int CANCEL_TAG = 0xE007F;
    private static final int LONGEST_FLAG = 8;
    private static final int JOINER = 0x200D;
    private static final int NON_JOINER = 0x200C;

    private HiddenCharacters() {}

    /** Each kind that occurs, with the first character of it. */
    static List<String> in(String text) {
        if (text.chars().allMatch(character -> character >= ' ' && character < 0x7f)) {
            return List.of();
        }
        int[] points = text.codePoints().toArray();
        Set<String> found = new LinkedHashSet<>();
        Set<String> kinds = new LinkedHashSet<>();
        for (int index = 0; index < points.length; index++) {
            int point = points[index];
            if (point == BLACK_FLAG) {
                index = endOfFlag(points, index);
                continue;
            }
            String kind = kind(points, index);
            if (!kind.isEmpty() && kinds.add(kind)) {
                found.add("has %s (U+%04X)".formatted(kind, point));
            }
        }
        return List.copyOf(found);
    }

    /** The flags of England, Scotland and Wales are a black flag, a few tags, and one that ends them. */
    private static int endOfFlag(int[] points, int start) {
        int index = start + 1;
        while (index < points.length
                && index - start <= LONGEST_FLAG
                && points[index] > 0xE0000
                && points[index] < CANCEL_TAG) {
            index++;
        }
        return index < points.length && points[index] == CANCEL_TAG ? index : start;
    }

    private static String kind(int[] points, int index) {
        int point = points[index];
        if (point >= 0xE0000 && point <= CANCEL_TAG) {
            return "invisible tag characters";
        }
        if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069)) {
            return "characters that reverse the order of text";
        }
        if (point == JOINER || point == NON_JOINER) {
            return joins(points, index) ? "" : "characters without width";
        }
        if (point == 0x200B || (point >= 0x2060 && point <= 0x2064) || point == 0xFEFF || point == 0x180E) {
            return "characters without width";
        }
        if (point == 0x115F || point == 0x1160 || point == 0x3164 || point == 0xFFA0 || point == 0x2800) {
            return "characters that look like nothing";
        }
        if (isSelector(point) && index > 0 && isSelector(points[index - 1])) {
            return "variation selectors in a row";
        }
        if ((point < ' ' && point != '\n' && point != '\r' && point != '\t') || (point >= 0x7f && point < 0xa0)) {
            return "control characters";
        }
        return "";
    }

    /** Between letters of scripts that need it, and in emoji; never next to ASCII. */
    private static boolean joins(int[] points, int index) {
        return index > 0
                && points[index - 1] >= 0x80
                && kindless(points[index - 1])
                && (index + 1 == points.length || (points[index + 1] >= 0x80 && kindless(points[index + 1])));
    }

    private static boolean kindless(int point) {
        return point != JOINER && point != NON_JOINER && point != 0x200B && point != 0xFEFF;
    }

    private static boolean isSelector(int point) {
        return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
    }
}
