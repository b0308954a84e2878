package io.mcpgateway.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.dispatch.UsedTokens.Use;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class UsedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant END = NOW.plusSeconds(30);

    private final UsedTokens tokens = new UsedTokens(2);

    @Test
    void aTokenWorksOnce() {
        assertThat(tokens.use("a", END, NOW)).isEqualTo(Use.FIRST);
        assertThat(tokens.use("a", END, NOW)).isEqualTo(Use.REPEATED);
        assertThat(tokens.use("b", END, NOW)).isEqualTo(Use.FIRST);
    }

    @Test
    void aFullMemoryRefusesNewTokensAndKeepsTheOldOnes() {
        tokens.use("a", END, NOW);
        tokens.use("b", END, NOW);

        assertThat(tokens.use("c", END, NOW)).isEqualTo(Use.REFUSED_FULL);
        assertThat(tokens.use("a", END, NOW)).isEqualTo(Use.REPEATED);
    }

    @Test
    void aTokenIsForgottenSomeTimeAfterItsEndAndNotBefore() {
        tokens.use("a", END, NOW);
        tokens.use("b", END.plusSeconds(20), NOW);

        assertThat(tokens.use("c", END, END.plusSeconds(5))).isEqualTo(Use.REFUSED_FULL);
        assertThat(tokens.use("c", END, END.plusSeconds(6))).isEqualTo(Use.FIRST);
    }

    @Test
    void onlyOneOfManyRacingUsesIsTheFirst() throws Exception {
        List<Future<Use>> uses = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 200; client++) {
                uses.add(clients.submit(() -> tokens.use("a", END, NOW)));
            }
        }

        assertThat(uses.stream().map(Future::resultNow).filter(Use.FIRST::equals))
                .hasSize(1);
    }
}
