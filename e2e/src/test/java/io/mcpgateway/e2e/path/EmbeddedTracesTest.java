package io.mcpgateway.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.e2e.client.McpClient;
import io.mcpgateway.e2e.fixture.Front;
import io.mcpgateway.e2e.fixture.ModernClient;
import io.mcpgateway.e2e.fixture.OtlpReceiver.Span;
import io.mcpgateway.e2e.fixture.RecordingBackend.Refusal;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Traces of the built-in gateway, which sees responses, too. */
class EmbeddedTracesTest extends TracesContract {
    EmbeddedTracesTest() {
        super(Front.EMBEDDED);
    }

    @Test
    void aServersRefusalIsInBothSpans() throws IOException {
        legacyServer().answerCallsWith(Optional.of(new Refusal(500, "", Map.of())));
        try (McpClient client = connect("", Map.of())) {
            client.call("one_echo", "{}");
        } finally {
            legacyServer().answerCallsWith(Optional.empty());
        }

        Span call = called("tools/call echo");
        assertThat(call.attributes()).containsEntry("error.type", "500");
        assertThat(call.failed()).isTrue();
        assertThat(served("tools/call one_echo").failed()).isTrue();
    }

    @Test
    void aClientThatLeavesAForwardedCallHasCancelledIt() throws IOException {
        try (ModernClient client = ModernClient.of(gateway().url())) {
            client.stream("two_endless", "{}").body().close();
        }

        assertThat(served("tools/call two_endless").attributes()).containsEntry("error.type", "cancelled");
        assertThat(called("tools/call endless").attributes()).containsEntry("error.type", "cancelled");
    }
}
