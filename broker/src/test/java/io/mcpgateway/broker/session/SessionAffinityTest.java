package io.mcpgateway.broker.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SessionAffinityTest {
    private static final GatewaySessionId SESSION = new GatewaySessionId("0b8f6f3e-52b5-4f39-8a3c-6a1df1a0a3c1");
    private static final ServerKey SERVER = new ServerKey("ns/one@1");

    @Test
    void dependsOnSessionAndServerOnly() {
        assertThat(SessionAffinity.of(SESSION, SERVER))
                .isEqualTo(SessionAffinity.of(new GatewaySessionId(SESSION.value()), new ServerKey("ns/one@1")))
                .isNotEqualTo(SessionAffinity.of(SESSION, new ServerKey("ns/two@1")))
                .isNotEqualTo(SessionAffinity.of(new GatewaySessionId("another"), SERVER));
    }

    /** Replicas of different versions have to agree during an update. */
    @Test
    void isTheBeginningOfADigestInHexadecimal() {
        assertThat(SessionAffinity.of(SESSION, SERVER).value())
                .matches("[0-9a-f]{32}")
                .isEqualTo("3724524c4e14da04e79a0ff3fe4edc45");
    }

    @Test
    void textMovedFromTheSessionToTheServerIsAnotherValue() {
        assertThat(SessionAffinity.of(new GatewaySessionId("ab"), new ServerKey("c")))
                .isNotEqualTo(SessionAffinity.of(new GatewaySessionId("a"), new ServerKey("bc")));
    }
}
