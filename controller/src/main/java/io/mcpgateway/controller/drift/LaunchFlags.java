package io.mcpgateway.controller.drift;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The broker's command line, of which a part is the user's. */
final class LaunchFlags {
    /** Keys on a command line can be read by everyone on the node; the Go controller wrote the first one. */
    private static final Set<String> RETIRED =
            Set.of("--mcp-router-key", "--session-signing-key", "--gateway-signing-key");

    private LaunchFlags() {}

    /**
     * Our flags in our order, then other flags in theirs. {@code --flag=value} and {@code --flag value} are both
     * understood; words that belong to no flag, such as the name of a program, are dropped.
     *
     * @param managed flags that are removed if they are not desired
     */
    static List<String> merged(List<String> desired, List<String> live, Set<String> managed) {
        Set<String> taken = new HashSet<>(managed);
        taken.addAll(RETIRED);
        desired.forEach(argument -> taken.add(name(argument)));
        List<String> merged = new ArrayList<>(desired);
        boolean kept = false;
        boolean mayHaveValue = false;
        for (String word : live) {
            if (word.startsWith("-")) {
                kept = !taken.contains(name(word));
                mayHaveValue = !word.contains("=");
            } else if (mayHaveValue) {
                mayHaveValue = false;
            } else {
                continue;
            }
            if (kept) {
                merged.add(word);
            }
        }
        return merged;
    }

    private static String name(String argument) {
        int equals = argument.indexOf('=');
        return equals < 0 ? argument : argument.substring(0, equals);
    }
}
