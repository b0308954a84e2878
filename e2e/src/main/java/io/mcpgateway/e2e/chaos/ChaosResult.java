package io.mcpgateway.e2e.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * What one fault did.
 *
 * @param problems what is amiss besides wrong answers
 */
public record ChaosResult(String fault, ChaosRun.Row fragile, ChaosRun.Row steady, List<String> problems) {
    public ChaosResult {
        problems = List.copyOf(problems);
    }

    /** Wrong answers and everything else that must not be; empty if all is well. */
    public List<String> complaints() {
        List<String> all = new ArrayList<>(problems);
        fragile.wrongOnes().forEach(wrong -> all.add("wrong: " + wrong));
        steady.wrongOnes().forEach(wrong -> all.add("wrong, at the other server: " + wrong));
        return all;
    }
}
