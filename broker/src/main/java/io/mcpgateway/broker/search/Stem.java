package io.mcpgateway.broker.search;

/**
 * Cuts English endings off, so that "deployments", "deploying" and "deploy" are one word (M. F. Porter, "An algorithm for
 * suffix stripping", 1980). Words with other than the letters a to z stay as they are. Pure.
 */
final class Stem {
    private static final String[][] STEP_2 = {
        {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"}, {"abli", "able"},
        {"alli", "al"}, {"entli", "ent"}, {"eli", "e"}, {"ousli", "ous"}, {"ization", "ize"}, {"ation", "ate"},
        {"ator", "ate"}, {"alism", "al"}, {"iveness", "ive"}, {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},
        {"iviti", "ive"}, {"biliti", "ble"}
    };
    private static final String[][] STEP_3 = {
        {"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"}, {"ical", "ic"}, {"ful", ""}, {"ness", ""}
    };
    private static final String[] STEP_4 = {
        "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "sion", "tion", "ou", "ism",
        "ate", "iti", "ous", "ive", "ize"
    };

    private final StringBuilder word;

    private Stem(String word) {
        this.word = new StringBuilder(word);
    }

    /** The stem of a word in lower case. */
    static String of(String word) {
        if (word.length() <= 2 || !word.chars().allMatch(letter -> letter >= 'a' && letter <= 'z')) {
            return word;
        }
        Stem stem = new Stem(word);
        stem.plural();
        stem.pastAndParticiple();
        stem.finalY();
        stem.replaceEnding(STEP_2, 0);
        stem.replaceEnding(STEP_3, 0);
        stem.cutEnding();
        stem.tidy();
        return stem.word.toString();
    }

    private void plural() {
        if (ends("sses") || ends("ies")) {
            cut(2);
        } else if (ends("s") && !ends("ss")) {
            cut(1);
        }
    }

    private void pastAndParticiple() {
        if (ends("eed")) {
            if (measure(3) > 0) {
                cut(1);
            }
            return;
        }
        int ending = ends("ed") ? 2 : ends("ing") ? 3 : 0;
        if (ending == 0 || !hasVowel(ending)) {
            return;
        }
        cut(ending);
        if (ends("at") || ends("bl") || ends("iz")) {
            word.append('e');
        } else if (endsDouble() && "lsz".indexOf(word.charAt(word.length() - 1)) < 0) {
            cut(1);
        } else if (measure(0) == 1 && endsShort(0)) {
            word.append('e');
        }
    }

    /** As in "Porter2": not after a vowel, or "deploying" would not be "deployment". */
    private void finalY() {
        int last = word.length() - 1;
        if (ends("y") && last > 1 && !isVowel(last - 1)) {
            word.setCharAt(last, 'i');
        }
    }

    private void replaceEnding(String[][] endings, int least) {
        for (String[] ending : endings) {
            if (ends(ending[0])) {
                if (measure(ending[0].length()) > least) {
                    cut(ending[0].length());
                    word.append(ending[1]);
                }
                return;
            }
        }
    }

    private void cutEnding() {
        String longest = "";
        for (String ending : STEP_4) {
            if (ends(ending) && ending.length() > longest.length()) {
                longest = ending;
            }
        }
        // Of "sion" and "tion" the first letter stays.
        int length = longest.endsWith("ion") ? 3 : longest.length();
        if (length > 0 && measure(length) > 1) {
            cut(length);
        }
    }

    private void tidy() {
        if (ends("e") && (measure(1) > 1 || (measure(1) == 1 && !endsShort(1)))) {
            cut(1);
        }
        if (ends("ll") && measure(0) > 1) {
            cut(1);
        }
    }

    private void cut(int letters) {
        word.setLength(word.length() - letters);
    }

    private boolean ends(String ending) {
        int start = word.length() - ending.length();
        return start >= 0 && word.indexOf(ending, start) == start;
    }

    private boolean isVowel(int position) {
        return switch (word.charAt(position)) {
            case 'a', 'e', 'i', 'o', 'u' -> true;
            case 'y' -> position > 0 && !isVowel(position - 1);
            default -> false;
        };
    }

    /** How many times a vowel is followed by a consonant before the ending. */
    private int measure(int ending) {
        int count = 0;
        for (int i = 1; i < word.length() - ending; i++) {
            if (isVowel(i - 1) && !isVowel(i)) {
                count++;
            }
        }
        return count;
    }

    private boolean hasVowel(int ending) {
        for (int i = 0; i < word.length() - ending; i++) {
            if (isVowel(i)) {
                return true;
            }
        }
        return false;
    }

    private boolean endsDouble() {
        int last = word.length() - 1;
        return last > 0 && word.charAt(last) == word.charAt(last - 1) && !isVowel(last);
    }

    /** Consonant, vowel, consonant other than w, x and y before the ending, as in "fil" of "filing". */
    private boolean endsShort(int ending) {
        int last = word.length() - 1 - ending;
        return last >= 2
                && !isVowel(last)
                && isVowel(last - 1)
                && !isVowel(last - 2)
                && "wxy".indexOf(word.charAt(last)) < 0;
    }
}
