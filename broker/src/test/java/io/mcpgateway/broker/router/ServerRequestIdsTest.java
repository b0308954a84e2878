package io.mcpgateway.broker.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerRequestIdsTest {
    private static final ServerRequestIds IDS = ServerRequestIds.withKey(
            "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    private static final GatewaySessionId SESSION = new GatewaySessionId("jti-1");
    private static final ServerSession SERVER_SESSION = new ServerSession(Optional.of("b1"), "2025-11-25");
    private static final RequestOrigin ORIGIN = new RequestOrigin(SESSION, new ServerKey("ns/one@1a"), SERVER_SESSION);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "\"a\"",
                "\"\"",
                "12345678901234567890",
                "1.0",
                "-0",
                "1e400",
                "\"\\u0041\\\"\"",
                "\"\u00e4\u20ac\""
            })
    void anIdComesBackByteForByte(String json) {
        String id = IDS.issue(ORIGIN, new JsonRpcId(json)).orElseThrow();

        assertThat(id).matches("[A-Za-z0-9._-]+");
        assertThat(IDS.open(id, SESSION)).hasValueSatisfying(asked -> {
            assertThat(asked.original()).isEqualTo(new JsonRpcId(json));
            assertThat(asked.server()).isEqualTo(ORIGIN.server());
            assertThat(IDS.madeIn(asked, SERVER_SESSION)).isTrue();
            assertThat(IDS.madeIn(asked, new ServerSession(Optional.of("b2"), "2025-11-25")))
                    .isFalse();
            assertThat(IDS.madeIn(asked, new ServerSession(Optional.empty(), "2025-11-25")))
                    .isFalse();
        });
    }

    @Test
    void theSameRequestHasTheSameIdOnEveryReplica() {
        ServerRequestIds replica = ServerRequestIds.withKey(
                "0123456789abcdef0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(replica.issue(ORIGIN, new JsonRpcId("1"))).isEqualTo(IDS.issue(ORIGIN, new JsonRpcId("1")));
    }

    @Test
    void anotherSessionOrKeyOpensNothing() {
        String id = IDS.issue(ORIGIN, new JsonRpcId("1")).orElseThrow();

        assertThat(IDS.open(id, new GatewaySessionId("jti-2"))).isEmpty();
        assertThat(ServerRequestIds.withKey(new byte[32]).open(id, SESSION)).isEmpty();
    }

    @Test
    void noChangedCharacterIsAccepted() {
        String id = IDS.issue(ORIGIN, new JsonRpcId("\"abc\"")).orElseThrow();
        for (int index = 0; index < id.length(); index++) {
            for (char other : new char[] {'A', 'B', 'z', '.', '-', '=', ' '}) {
                String changed = id.substring(0, index) + other + id.substring(index + 1);
                assertThat(changed.equals(id) || IDS.open(changed, SESSION).isEmpty())
                        .as(changed)
                        .isTrue();
            }
            assertThat(IDS.open(id.substring(0, index), SESSION)).isEmpty();
        }
        assertThat(IDS.open(id + "=", SESSION)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "mcpgw1.",
                "mcpgw1..",
                "mcpgw1.a.b",
                "mcpgw1.AAAA.AAAAAAAAAAAAAAAAAAAAAA",
                "mcpgw1.\u00e4.b"
            })
    void garbageOpensNothing(String id) {
        assertThat(IDS.open(id, SESSION)).isEmpty();
    }

    @Test
    void sizesAreBounded() {
        assertThat(IDS.issue(ORIGIN, new JsonRpcId("1".repeat(1025)))).isEmpty();
        String longest = IDS.issue(ORIGIN, new JsonRpcId("1".repeat(1024))).orElseThrow();
        assertThat(IDS.open(longest, SESSION)).isPresent();
        assertThat(IDS.open("mcpgw1." + "A".repeat(5000) + ".AAAA", SESSION)).isEmpty();
    }
}
