package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.client.Reply;
import io.mcpgateway.e2e.fixture.Front;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Limits of the embedded gateway, which sees the end of every call and so can count by session too. */
class EmbeddedLimitsTest extends LimitsContract {
    EmbeddedLimitsTest() {
        super(Front.EMBEDDED);
    }

    @Override
    String refusalOfServer() {
        return "too many calls under way for server \"demo/slow\": limit " + PER_SERVER + "; try again later";
    }

    @Override
    String refusedId() {
        return "\"one-more\"";
    }

    @Test
    void oneCallMoreThanItsSessionMayHaveIsTurnedAwayAndOtherSessionsAreServed() throws Exception {
        McpClient busy = warm();
        McpClient idle = warm();
        List<Future<Reply>> atSlow = calls(busy, "slow_echo", PER_SERVER);
        List<Future<Reply>> atOther = calls(busy, "other_echo", PER_SESSION - PER_SERVER);
        awaitAtSlow(PER_SERVER);
        awaitAtOther(PER_SESSION - PER_SERVER);

        Reply refused = busy.call("free_echo", "{}");

        assertThat(refused.status()).as("%s", refused).isEqualTo(429);
        assertThat(refused.json().at("/error/message").asText())
                .isEqualTo("too many calls under way in this session: limit " + PER_SESSION + "; try again later");
        assertThat(idle.call("free_echo", "{}").text()).isEqualTo("echo");
        assertThat(busy.toolNames()).as("lists are no calls").hasSize(3);

        letThemGo();
        assertAnswered(atSlow);
        assertAnswered(atOther);
        assertThat(busy.call("free_echo", "{}").text()).isEqualTo("echo");
    }
}
