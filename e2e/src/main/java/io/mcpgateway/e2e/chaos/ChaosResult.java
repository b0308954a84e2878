package io.mcpgateway.e2e.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * The results of one fault.
 *
 * @param problems other problems than wrong responses
 */
public record ChaosResult(String fault, ChaosRun.Row fragile, ChaosRun.Row steady, List<String> problems) {
    public ChaosResult {
        problems = List.copyOf(problems);
    }

    /** Wrong responses and all other problems; empty if there are none. */
    public List<String> complaints() {
        List<String> all = new ArrayList<>(problems);
        fragile.wrongOnes().forEach(wrong -> all.add("wrong: " + wrong));
        steady.wrongOnes().forEach(wrong -> all.add("wrong, at the other server: " + wrong));
        return all;
    }
}
