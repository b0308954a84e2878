package io.mcpgateway.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.session.RequestStates.Carried;
import io.mcpgateway.broker.session.RequestStates.Holder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestStatesTest {
    private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    private static final Carried CARRIED =
            new Carried("replica-1@10.0.0.7:8080", "call-9", 3, Instant.parse("2026-11-30T12:00:00Z"));
    private static final CallerBinding ALICE = CallerBinding.of(List.of("Bearer alice"));
    private static final Holder HOLDER = holder(ALICE, "tools/call", "one_deploy", "{\"n\":1}");

    private final RequestStates states = RequestStates.withKey(KEY);

    @Test
    void whatIsSealedIsOpenedByEveryReplica() {
        String state = states.seal(CARRIED, HOLDER);

        assertThat(RequestStates.withKey(KEY).open(state, HOLDER)).contains(CARRIED);
        assertThat(states.seal(CARRIED, HOLDER)).isEqualTo(state);
    }

    @Test
    void nothingOfItCanBeRead() {
        String state = states.seal(CARRIED, HOLDER);

        assertThat(state).matches("mcpgs1\\.[A-Za-z0-9_-]+").hasSizeLessThan(200);
        assertThat(new String(
                        java.util.Base64.getUrlDecoder().decode(state.substring("mcpgs1.".length())),
                        StandardCharsets.ISO_8859_1))
                .doesNotContain("10.0.0.7", "call-9", "deploy");
    }

    static Stream<Holder> others() {
        return Stream.of(
                holder(CallerBinding.ANONYMOUS, "tools/call", "one_deploy", "{\"n\":1}"),
                holder(CallerBinding.of(List.of("Bearer bob")), "tools/call", "one_deploy", "{\"n\":1}"),
                holder(ALICE, "prompts/get", "one_deploy", "{\"n\":1}"),
                holder(ALICE, "tools/call", "one_delete", "{\"n\":1}"),
                holder(ALICE, "tools/call", "one_deploy", "{\"n\":2}"),
                holder(ALICE, "tools/callone_", "deploy", "{\"n\":1}"),
                holder(ALICE, "tools/call", "one_deploy", ""));
    }

    @ParameterizedTest
    @MethodSource("others")
    void nobodyElseCanUseItAndForNoOtherRequest(Holder other) {
        assertThat(states.open(states.seal(CARRIED, HOLDER), other)).isEmpty();
    }

    @Test
    void noByteOfItCanBeChanged() {
        String state = states.seal(CARRIED, HOLDER);
        for (int index = 0; index < state.length(); index++) {
            char changed = state.charAt(index) == 'A' ? 'B' : 'A';
            String tampered = state.substring(0, index) + changed + state.substring(index + 1);

            assertThat(states.open(tampered, HOLDER)).as(tampered).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "mcpgs1.", "mcpgs1.AAAA", "mcpgs1.***", "mcpgs2.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatWasNeverSealedIsNotOpened(String state) {
        assertThat(states.open(state, HOLDER)).isEmpty();
    }

    @Test
    void anotherSpellingOrALongTextIsNotOpened() {
        String state = states.seal(CARRIED, HOLDER);

        assertThat(states.open(state + "=", HOLDER)).isEmpty();
        assertThat(states.open(state + "A".repeat(5000), HOLDER)).isEmpty();
    }

    @Test
    void anotherKeyMakesOtherStates() {
        byte[] other = "another key another key another!".getBytes(StandardCharsets.UTF_8);

        assertThat(RequestStates.withKey(other).open(states.seal(CARRIED, HOLDER), HOLDER))
                .isEmpty();
    }

    private static Holder holder(CallerBinding caller, String method, String name, String arguments) {
        return new Holder(caller, method, name, RawJson.of(arguments));
    }
}
