package io.mcpgateway.broker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short run: what was found once, every seed, and the same mutations each time. */
class FuzzTargetsTest {
    private static final int ROUNDS = 5_000;
    private static final Duration ENOUGH = Duration.ofSeconds(3);

    static List<Target> targets() {
        return Target.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void whatWasFoundStaysFixed(Target target) throws IOException {
        Path findings = Path.of("src/test/resources/fuzz", target.label());
        if (Files.isDirectory(findings)) {
            try (Stream<Path> files = Files.list(findings)) {
                for (Path file : files.sorted().toList()) {
                    byte[] input = Files.readAllBytes(file);
                    assertThatNoException()
                            .as(file.toString())
                            .isThrownBy(() -> target.attempt().accept(input));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noMutationOfASeedBreaksAPromise(Target target) {
        List<byte[]> seeds = target.seeds();
        assertThat(seeds).isNotEmpty();
        seeds.forEach(target.attempt());
        Mutations mutations = new Mutations(new Random(20_261_125), seeds);
        long end = System.nanoTime() + ENOUGH.toNanos();
        for (int round = 0; round < ROUNDS && System.nanoTime() < end; round++) {
            byte[] input = mutations.next();
            try {
                target.attempt().accept(input);
            } catch (RuntimeException | AssertionError broken) {
                throw new AssertionError(
                        "round " + round + ", input in hex: " + HexFormat.of().formatHex(input), broken);
            }
        }
    }
}
