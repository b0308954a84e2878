package io.mcpgateway.broker.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mcpgateway.broker.era.ServerEras.LegacyLeg;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ServerErasTest {
    private static final Era LEGACY = new Era.Legacy("2025-11-25");
    private static final Era OLD = new Era.Legacy("2025-03-26");
    private static final Era MODERN = new Era.Modern("2026-07-28");

    static Stream<Arguments> servers() {
        Optional<LegacyLeg> sessions = Optional.of(new LegacyLeg("2025-11-25", true));
        Optional<LegacyLeg> none = Optional.of(new LegacyLeg("2025-11-25", false));
        List<String> modern = List.of("2026-07-28");
        return Stream.of(
                // server, sent on for a legacy client, for a modern one
                Arguments.of("legacy", new ServerEras(sessions, List.of()), LEGACY, LEGACY),
                Arguments.of("legacy without sessions", new ServerEras(none, List.of()), LEGACY, LEGACY),
                Arguments.of("old", ServerEras.legacy("2025-03-26", true), OLD, OLD),
                Arguments.of("both", new ServerEras(sessions, modern), LEGACY, MODERN),
                Arguments.of("both, but no legacy sessions", new ServerEras(none, modern), MODERN, MODERN),
                Arguments.of("modern", ServerEras.modern("2026-07-28"), MODERN, MODERN),
                Arguments.of("unknown", ServerEras.NONE, LEGACY, LEGACY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("servers")
    void theClientsOwnEraComesFirst(String server, ServerEras eras, Era forLegacy, Era forModern) {
        assertThat(eras.towards(OLD)).isEqualTo(forLegacy);
        assertThat(eras.towards(MODERN)).isEqualTo(forModern);
    }

    @Test
    void aRevisionThatWeDoNotSpeakIsNoEra() {
        assertThatThrownBy(() -> ServerEras.modern("2099-01-01")).hasMessageContaining("2099-01-01");
        assertThatThrownBy(() -> new Era.Modern("2025-11-25")).hasMessageContaining("2025-11-25");
    }
}
