package io.mcpgateway.broker.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Cuts a text into the words that are compared: at everything that is neither letter nor digit, and inside of names
 * such as {@code createPullRequest}; in lower case, without endings. Scripts that are written without spaces are cut into
 * single characters. Pure.
 */
final class Words {
    /** What says nothing about a tool. */
    private static final Set<String> STOP = Pattern.compile(" ")
            .splitAsStream(
                    "a an and any anyone are as at be been but by can could did do does for from get had has have he how i"
                            + " if in into is it its just like me my no not of on or our please she should so some somebody someone"
                            + " something that the their them then there these they this to too up us want was we were what when"
                            + " where which who whom whose why will with would you your s m t re ll ve d")
            .map(Stem::of)
            .collect(Collectors.toUnmodifiableSet());

    private static final int LONGEST = 64;

    private Words() {}

    /** The words of a text in its order, repetitions included. Nothing is left out that could matter to somebody. */
    static List<String> of(CharSequence text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char letter = text.charAt(i);
            if (!Character.isLetterOrDigit(letter) && !Character.isSurrogate(letter)) {
                add(words, text, start, i);
                start = i + 1;
            } else if (i > start && separates(text, i)) {
                add(words, text, start, i);
                start = i;
            }
        }
        add(words, text, start, length);
        return words;
    }

    /** The words of a question, without those that say nothing, unless there are no others. */
    static List<String> telling(List<String> words) {
        List<String> telling = Frames.without(words).stream()
                .filter(word -> !STOP.contains(word))
                .toList();
        return telling.isEmpty() ? words : telling;
    }

    /** Whether a word begins here in the middle of letters: {@code pullRequest}, {@code HTTPServer}, {@code 日本}. */
    private static boolean separates(CharSequence text, int at) {
        char before = text.charAt(at - 1);
        char here = text.charAt(at);
        if (isUnspaced(before) || isUnspaced(here)) {
            return true;
        }
        boolean capital = Character.isUpperCase(here);
        return (capital && Character.isLowerCase(before))
                || (capital
                        && Character.isUpperCase(before)
                        && at + 1 < text.length()
                        && Character.isLowerCase(text.charAt(at + 1)));
    }

    private static boolean isUnspaced(char letter) {
        return Character.isIdeographic(letter) || (letter >= '\u3040' && letter <= '\u30ff');
    }

    private static void add(List<String> words, CharSequence text, int start, int end) {
        if (end > start) {
            String word = text.subSequence(start, Math.min(end, start + LONGEST))
                    .toString()
                    .toLowerCase(Locale.ROOT);
            words.add(Stem.of(word));
        }
    }
}
