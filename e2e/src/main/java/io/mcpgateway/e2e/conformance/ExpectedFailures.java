package io.mcpgateway.e2e.conformance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scenarios that are known to fail, by run. The file may only shrink: a scenario that passes must not be in it.
 *
 * @param byPass scenario names by the label of the run
 */
record ExpectedFailures(Map<String, Set<String>> byPass) {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    ExpectedFailures {
        byPass = Map.copyOf(byPass);
    }

    static ExpectedFailures read(Path file) throws IOException {
        Map<String, List<String>> lists = YAML.readValue(file.toFile(), new TypeReference<>() {});
        Map<String, Set<String>> sets = new java.util.HashMap<>();
        for (Pass pass : Pass.values()) {
            List<String> listed = lists.remove(pass.label());
            sets.put(pass.label(), listed == null ? Set.of() : new HashSet<>(listed));
        }
        if (!lists.isEmpty()) {
            throw new IOException(file + " names runs that do not exist: " + lists.keySet());
        }
        return new ExpectedFailures(sets);
    }

    boolean has(Pass pass, String scenario) {
        return byPass.getOrDefault(pass.label(), Set.of()).contains(scenario);
    }

    /** The problems with these results; empty if they are as expected. */
    List<String> problems(Map<Pass, List<ScenarioResult>> results) {
        List<String> problems = new java.util.ArrayList<>();
        results.forEach((pass, list) -> {
            Set<String> unseen = new java.util.TreeSet<>(byPass.getOrDefault(pass.label(), Set.of()));
            for (ScenarioResult result : list) {
                boolean expected = unseen.remove(result.scenario());
                if (!result.passed() && !expected) {
                    problems.add(pass.label() + " " + result.scenario() + " failed: " + result.note());
                } else if (result.passed() && expected) {
                    problems.add(pass.label() + " " + result.scenario() + " passes: remove it from the list");
                }
            }
            unseen.forEach(scenario ->
                    problems.add(pass.label() + " " + scenario + " is on the list, but not in this run of the suite"));
        });
        return List.copyOf(problems);
    }
}
