package io.mcpgateway.broker.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionDoubtsTest {
    private static final Instant START = Instant.parse("2026-11-30T10:00:00Z");
    private static final GatewaySessionId SESSION = new GatewaySessionId("a");
    private static final GatewaySessionId OTHER = new GatewaySessionId("b");
    private static final ServerKey SERVER = new ServerKey("ns/one");

    private final SessionDoubts doubts = new SessionDoubts(3);

    @Test
    void aDoubtIsAboutOneSessionAtOneServerUntilItIsSettled() {
        doubts.doubt(SESSION, SERVER, START);

        assertThat(doubts.doubted(SESSION, SERVER)).isTrue();
        assertThat(doubts.doubted(OTHER, SERVER)).isFalse();
        assertThat(doubts.doubted(SESSION, new ServerKey("ns/two"))).isFalse();
        doubts.settled(SESSION, SERVER, START);
        assertThat(doubts.doubted(SESSION, SERVER)).isFalse();
    }

    @Test
    void aSettledSessionIsNotDoubtedAgainForAWhile() {
        doubts.settled(SESSION, SERVER, START);

        doubts.doubt(SESSION, SERVER, START.plus(SessionDoubts.PAUSE).minusMillis(1));
        assertThat(doubts.doubted(SESSION, SERVER)).isFalse();
        doubts.doubt(SESSION, SERVER, START.plus(SessionDoubts.PAUSE));
        assertThat(doubts.doubted(SESSION, SERVER)).isTrue();
    }

    @Test
    void aRenewedServerPutsEverySessionInDoubtThatIsOlder() {
        doubts.renewed(SERVER, START);
        assertThat(doubts.doubted(SESSION, SERVER)).isTrue();
        assertThat(doubts.doubted(OTHER, SERVER)).isTrue();

        doubts.settled(SESSION, SERVER, START.plusMillis(1));
        doubts.made(OTHER, SERVER, START.plusMillis(1));
        assertThat(doubts.doubted(SESSION, SERVER)).isFalse();
        assertThat(doubts.doubted(OTHER, SERVER)).isFalse();

        doubts.renewed(SERVER, START.plusSeconds(60));
        assertThat(doubts.doubted(SESSION, SERVER)).isTrue();
        assertThat(doubts.doubted(OTHER, SERVER)).isTrue();
    }

    @Test
    void aFirstSessionMayBeForgottenAtOnceButNotOneAfterTheOther() {
        doubts.renewed(SERVER, START);
        doubts.made(SESSION, SERVER, START.plusMillis(1));
        assertThat(doubts.mayForget(SESSION, SERVER, START.plusMillis(2))).isTrue();

        doubts.made(SESSION, SERVER, START.plusMillis(3));
        assertThat(doubts.mayForget(SESSION, SERVER, START.plusSeconds(1))).isFalse();
        assertThat(doubts.mayForget(SESSION, SERVER, START.plusMillis(3).plus(SessionDoubts.PAUSE)))
                .isTrue();
    }

    @Test
    void noMoreIsRememberedThanIsAllowed() {
        for (int number = 0; number < 100; number++) {
            doubts.doubt(new GatewaySessionId("s" + number), SERVER, START);
        }

        long remembered = java.util.stream.IntStream.range(0, 100)
                .filter(number -> doubts.doubted(new GatewaySessionId("s" + number), SERVER))
                .count();
        assertThat(remembered).isEqualTo(3);
        assertThat(doubts.doubted(new GatewaySessionId("s99"), SERVER)).isTrue();
    }
}
