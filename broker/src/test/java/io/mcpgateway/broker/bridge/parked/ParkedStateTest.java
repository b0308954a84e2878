package io.mcpgateway.broker.bridge.parked;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.session.CallerBinding;
import io.mcpgateway.broker.session.ServerKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParkedStateTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final Instant END = Instant.parse("2026-11-30T12:00:00Z");
    private static final ParkedState STATE = new ParkedState("replica-1@10.0.0.7:8080", "call-9", 3, END);
    private static final ServerKey ONE = new ServerKey("one");
    private static final CallerBinding ALICE = CallerBinding.of(List.of("Bearer alice"));
    private static final StateBinding BINDING = binding(ONE, ALICE, McpMethod.TOOLS_CALL, "deploy", "{\"n\":1}");

    private final RequestStates states = RequestStates.withKey(KEY);

    @Test
    void whatIsSealedIsOpenedByEveryReplica() {
        String sealed = STATE.sealed(states, BINDING);

        assertThat(ParkedState.open(RequestStates.withKey(KEY), BINDING, sealed, END.minusSeconds(1)))
                .contains(STATE);
        assertThat(sealed).doesNotContain("10.0.0.7", "call-9");
    }

    @Test
    void oneThatNoCallWaitsForIsOpenedToo() {
        ParkedState again = new ParkedState("", "2", 1, END);

        assertThat(ParkedState.open(states, BINDING, again.sealed(states, BINDING), END))
                .contains(again);
    }

    @Test
    void aClientThatIsLateIsKnownForAWhile() {
        String sealed = STATE.sealed(states, BINDING);

        assertThat(ParkedState.open(states, BINDING, sealed, END.plusSeconds(1)))
                .contains(STATE);
        assertThat(ParkedState.open(states, BINDING, sealed, END.plus(RequestStates.LIFE)))
                .isEmpty();
    }

    static Stream<StateBinding> others() {
        return Stream.of(
                binding(new ServerKey("two"), ALICE, McpMethod.TOOLS_CALL, "deploy", "{\"n\":1}"),
                binding(ONE, CallerBinding.ANONYMOUS, McpMethod.TOOLS_CALL, "deploy", "{\"n\":1}"),
                binding(ONE, ALICE, McpMethod.PROMPTS_GET, "deploy", "{\"n\":1}"),
                binding(ONE, ALICE, McpMethod.TOOLS_CALL, "delete", "{\"n\":1}"),
                binding(ONE, ALICE, McpMethod.TOOLS_CALL, "deploy", "{\"n\":2}"),
                binding(ONE, ALICE, McpMethod.TOOLS_CALL, "deploy", ""),
                StateBinding.of(ONE, ALICE, McpMethod.TOOLS_CALL, "deploy"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void nobodyElseCanUseItAndForNoOtherRequest(StateBinding other) {
        assertThat(ParkedState.open(states, other, STATE.sealed(states, BINDING), END.minusSeconds(1)))
                .isEmpty();
    }

    /** A server could write anything into its own state, for one. */
    @Test
    void whatAServerGaveIsNeverTakenForOne() {
        StateBinding servers = StateBinding.of(ONE, ALICE, McpMethod.TOOLS_CALL, "deploy");
        String sealed = states.seal(servers, "1 1 call-9 x@evil.example:80", END);

        assertThat(ParkedState.open(states, BINDING, sealed, END.minusSeconds(1)))
                .isEmpty();
    }

    private static StateBinding binding(
            ServerKey server, CallerBinding caller, McpMethod method, String name, String arguments) {
        return StateBinding.ofRepeated(server, caller, method, name, RawJson.of(arguments));
    }
}
