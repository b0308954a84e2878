package io.mcpgateway.broker.fuzz;

import io.mcpgateway.broker.bridge.parked.LegacyServerFuzz;
import io.mcpgateway.broker.extproc.ExtProcFuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One target with examples of what it takes.
 *
 * @param label as folders and the command line write it
 * @param home where Jazzer finds the method, by its name
 * @param attempt the method; fails by throwing
 */
record Target(String label, Class<?> home, Consumer<byte[]> attempt, List<String> examples) {
    Target {
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(home, "home");
        Objects.requireNonNull(attempt, "attempt");
        examples = List.copyOf(examples);
    }

    static List<Target> all() {
        return List.of(
                new Target("json-rpc", JsonRpcFuzz.class, JsonRpcFuzz::fuzzerTestOneInput, JsonRpcFuzz.SEEDS),
                new Target("routing", RoutingFuzz.class, RoutingFuzz::fuzzerTestOneInput, RoutingFuzz.SEEDS),
                new Target("requests", RequestFuzz.class, RequestFuzz::fuzzerTestOneInput, RequestFuzz.SEEDS),
                new Target(
                        "modern-requests",
                        ModernRequestFuzz.class,
                        ModernRequestFuzz::fuzzerTestOneInput,
                        ModernRequestFuzz.SEEDS),
                new Target(
                        "event-stream",
                        EventStreamFuzz.class,
                        EventStreamFuzz::fuzzerTestOneInput,
                        EventStreamFuzz.SEEDS),
                new Target("bridge", BridgeFuzz.class, BridgeFuzz::fuzzerTestOneInput, BridgeFuzz.SEEDS),
                new Target(
                        "legacy-servers",
                        LegacyServerFuzz.class,
                        LegacyServerFuzz::fuzzerTestOneInput,
                        LegacyServerFuzz.SEEDS),
                new Target("tokens", TokenFuzz.class, TokenFuzz::fuzzerTestOneInput, TokenFuzz.SEEDS),
                new Target("claims", ClaimsFuzz.class, ClaimsFuzz::fuzzerTestOneInput, ClaimsFuzz.SEEDS),
                new Target(
                        "server-answers",
                        ServerAnswerFuzz.class,
                        ServerAnswerFuzz::fuzzerTestOneInput,
                        ServerAnswerFuzz.SEEDS),
                new Target(
                        "server-lists", ServerListFuzz.class, ServerListFuzz::fuzzerTestOneInput, ServerListFuzz.SEEDS),
                new Target("ext-proc", ExtProcFuzz.class, ExtProcFuzz::fuzzerTestOneInput, ExtProcFuzz.SEEDS));
    }

    List<byte[]> seeds() {
        return examples.stream()
                .map(seed -> seed.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public String toString() {
        return label;
    }
}
