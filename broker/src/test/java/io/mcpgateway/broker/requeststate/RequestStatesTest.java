package io.mcpgateway.broker.requeststate;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestStatesTest {
    private static final byte[] KEY = "a-key-for-tests-only-0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final RequestStates STATES = RequestStates.withKey(KEY);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Instant END = NOW.plus(RequestStates.LIFE);
    private static final StateBinding CALL = binding("one", "alice", McpMethod.TOOLS_CALL, "deploy");

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "{\"step\":1}", "\u00e4\u4e16\ud83d\ude00", "mcpgw-state.AAAA"})
    void whatIsSealedIsOpenedByEveryReplica(String state) {
        String sealed = STATES.seal(CALL, state, END);

        assertThat(sealed).startsWith("mcpgw-state.").matches("[!-~]+");
        assertThat(RequestStates.withKey(KEY).open(CALL, sealed, NOW)).contains(state);
        assertThat(STATES.open(CALL, sealed, END.minusSeconds(1))).contains(state);
    }

    @Test
    void itIsGoodForItsTimeOnly() {
        assertThat(STATES.open(CALL, STATES.seal(CALL, "s", END), END)).isEmpty();
    }

    @Test
    void itIsGoodForNoOtherCallerServerMethodOrName() {
        String sealed = STATES.seal(CALL, "s", END);

        for (StateBinding other : List.of(
                binding("two", "alice", McpMethod.TOOLS_CALL, "deploy"),
                binding("one", "bob", McpMethod.TOOLS_CALL, "deploy"),
                binding("one", "alice", McpMethod.PROMPTS_GET, "deploy"),
                binding("one", "alice", McpMethod.TOOLS_CALL, "deploy2"),
                binding("onea", "lice", McpMethod.TOOLS_CALL, "deploy"))) {
            assertThat(STATES.open(other, sealed, NOW)).isEmpty();
        }
    }

    @Test
    void nobodyElseCanReadOrMakeOne() {
        String sealed = STATES.seal(CALL, "the state of the server", END);
        byte[] payload = Base64.getUrlDecoder().decode(sealed.substring("mcpgw-state.".length()));

        assertThat(new String(payload, StandardCharsets.ISO_8859_1)).doesNotContain("the state");
        assertThat(RequestStates.withKey(new byte[32]).open(CALL, sealed, NOW)).isEmpty();
        assertThat(STATES.seal(CALL, "s", END)).isNotEqualTo(STATES.seal(CALL, "s", END.plusSeconds(1)));
    }

    @Test
    void noMutationIsOpened() {
        String sealed = STATES.seal(CALL, "state", END);
        SplittableRandom random = new SplittableRandom(2026);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder mutated = new StringBuilder(sealed);
            switch (random.nextInt(3)) {
                case 0 -> mutated.setCharAt(random.nextInt(sealed.length()), (char) ('!' + random.nextInt(94)));
                case 1 -> mutated.setLength(random.nextInt(sealed.length()));
                default -> mutated.insert(random.nextInt(sealed.length()), (char) ('!' + random.nextInt(94)));
            }
            if (!mutated.toString().equals(sealed)) {
                assertThat(STATES.open(CALL, mutated.toString(), NOW))
                        .as("%s", mutated)
                        .isEmpty();
            }
        }
    }

    private static StateBinding binding(String server, String caller, McpMethod method, String name) {
        return StateBinding.of(new ServerKey(server), new CallerBinding(caller), method, name);
    }
}
