package io.mcpgateway.e2e.bench;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A summary of the garbage collector's log ({@code -Xlog:gc}).
 *
 * @param young collections of the young generation
 * @param full collections of the whole heap
 * @param stoppedMillis the sum of all pauses
 * @param longestMillis the longest pause
 */
record GcLog(int young, int full, double stoppedMillis, double longestMillis) {
    private static final Pattern PAUSE = Pattern.compile("Pause (Young|Full) .* (\\d+\\.\\d+)ms$");

    static GcLog of(List<String> lines) {
        int young = 0;
        int full = 0;
        double sum = 0;
        double longest = 0;
        for (String line : lines) {
            Matcher pause = PAUSE.matcher(line);
            if (pause.find()) {
                if (pause.group(1).equals("Full")) {
                    full++;
                } else {
                    young++;
                }
                double millis = Double.parseDouble(pause.group(2));
                sum += millis;
                longest = Math.max(longest, millis);
            }
        }
        return new GcLog(young, full, sum, longest);
    }

    /** The part since an earlier reading of the same log; the longest pause is that of the whole log. */
    GcLog since(GcLog earlier) {
        return new GcLog(
                young - earlier.young, full - earlier.full, stoppedMillis - earlier.stoppedMillis, longestMillis);
    }
}
