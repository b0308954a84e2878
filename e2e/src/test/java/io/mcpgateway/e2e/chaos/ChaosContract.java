package io.mcpgateway.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.process.ForeignTool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever breaks, no response is wrong, and callers of other servers notice nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChaosContract {
    private static final int CALLS = 40;

    private final Set<ForeignTool> needs;
    private Optional<ChaosBed> bed = Optional.empty();

    /** @param needs Envoy, otherwise the built-in gateway; a session store, or none */
    ChaosContract(ForeignTool... needs) {
        this.needs = Set.of(needs);
    }

    @BeforeAll
    void start() throws IOException {
        bed = Optional.of(
                ChaosBed.start(TestFolders.create("chaos"), needed(ForeignTool.ENVOY), needed(ForeignTool.REDIS)));
    }

    @AfterAll
    void stop() {
        bed.ifPresent(ChaosBed::close);
    }

    List<Fault> faults() {
        return Faults.all().stream()
                .filter(fault -> fault.runsOn(needs.contains(ForeignTool.ENVOY), needs.contains(ForeignTool.REDIS)))
                .filter(fault -> !fault.has(Fault.Trait.LONG))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void noAnswerIsWrong(Fault fault) throws Exception {
        ChaosResult result = new ChaosRun(bed.orElseThrow(), CALLS).of(fault);

        assertThat(result.complaints()).isEmpty();
    }

    private Optional<Path> needed(ForeignTool tool) {
        return needs.contains(tool) ? Optional.of(Foreign.require(tool)) : Optional.empty();
    }
}
